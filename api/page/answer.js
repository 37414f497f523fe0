// An answer: its words, what was asked for with roles as chips, and the sentences it rests on.

import { around } from "./around.js";
import { planName, plans, topics } from "./corpus.js";
import { h, roleChip } from "./dom.js";
import { copyButton, saveButton, tableButtons } from "./files.js";
import { current, labelOf, t } from "./i18n.js";
import { apiOnce } from "./http.js";
import { agencyLink, documentLink, planLink, statementLink, viewLink } from "./links.js";
import { citation, legend, statementCard } from "./statements.js";

const EVIDENCE = 8;

function label(result) {
  if (result.type === "value" && typeof result.value === "boolean") return result.value ? t("yes") : t("no");
  return labelOf(result) || String(result.value ?? result.iri ?? "");
}

function value(result) {
  if (result.value === null || result.value === undefined || typeof result.value === "boolean") return "";
  const text = `${result.value} ${result.unit || ""}`.trim();
  return text === label(result) ? "" : text;
}

/** Where the page shows what a result is; null when it has no view of it. */
function linkOf(result) {
  const [, kind, id] = /\/id\/(agency|document)\/(.+)$/.exec(result.iri || "") || [];
  if (!kind) return null;
  return kind === "agency" ? agencyLink(decodeURIComponent(id)) : documentLink(decodeURIComponent(id));
}

/** The statements of the evidence at that address which name the result, since several plans may have the address. */
function saying(answer, result, address) {
  const there = answer.evidence.filter((item) => item.address === address);
  const naming = there.filter((item) => (item.marks || []).some((mark) => mark.iri === result.iri));
  return naming.length ? naming : there;
}

function addressLink(item, several) {
  const onclick = (event) => {
    const card = [...document.querySelectorAll(".evidence-list .statement")].find(
      (one) => one.dataset.address === item.address && one.dataset.plan === item.plan,
    );
    if (!card || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    card.scrollIntoView({ block: "center" });
    card.classList.remove("flash");
    requestAnimationFrame(() => card.classList.add("flash"));
    card.setAttribute("tabindex", "-1");
    card.focus({ preventScroll: true });
  };
  const words = several ? `${item.plan} ${item.address}` : item.address;
  return h("a", { class: "address", href: statementLink(item.plan, item.address), onclick }, words);
}

function resultRow(answer, result, several) {
  const name = label(result);
  const link = linkOf(result);
  const vietnamese = result.label_vi && result.label_vi !== name ? result.label_vi : null;
  const items = (result.addresses || []).flatMap((address) => saying(answer, result, address));
  const roles = result.roles?.length ? result.roles : [result.role].filter(Boolean);
  const language = name === result.label_vi ? "vi" : null;
  const plain = result.type === "value" ? "verdict" : null;
  return h(
    "li",
    {},
    h(
      "span",
      { class: "roles" },
      roles.map((role) => roleChip(role, t(role))),
    ),
    h(
      "span",
      { class: "what" },
      link ? h("a", { href: link, lang: language }, name) : h("span", { lang: language, class: plain }, name),
      value(result) ? h("strong", {}, value(result)) : null,
      current() === "en" && vietnamese ? h("span", { class: "faint", lang: "vi" }, vietnamese) : null,
    ),
    h(
      "span",
      { class: "where" },
      items.map((item) => addressLink(item, several)),
    ),
  );
}

const resultTable = (answer) =>
  answer.results.map((result) => ({
    iri: result.iri,
    type: result.type,
    label_vi: result.label_vi,
    label_en: result.label_en,
    role: (result.roles || [result.role]).filter(Boolean).join(" "),
    value: result.value,
    unit: result.unit,
    addresses: (result.addresses || []).join(" "),
  }));

/** The card with the answer; `read` is how the question was understood, as a node. */
export async function answerCard(answer, read) {
  const summaries = new Map((await plans()).map((summary) => [summary.id, summary]));
  const done = answer.status === "answered";
  const several = new Set(answer.evidence.map((item) => item.plan)).size > 1;
  const quotes = () =>
    [
      `${answer.question} — ${answer.text}`,
      ...answer.evidence.map((item) => citation(item, summaries.get(item.plan))),
      location.href,
    ].join("\n");
  return h(
    "section",
    { class: `answer ${answer.status}`, "aria-labelledby": "answer-text" },
    h("p", { class: "state" }, done ? t("answered") : t("abstained")),
    h("h1", { id: "answer-text", lang: answer.language }, answer.text),
    read,
    answer.results.length
      ? h(
          "ul",
          { class: "results", "aria-label": t("results") },
          answer.results.map((result) => resultRow(answer, result, several)),
        )
      : null,
    h(
      "div",
      { class: "tools" },
      copyButton(t("copy_link"), () => location.href),
      done ? copyButton(t("copy_citation"), quotes) : null,
      answer.results.length ? tableButtons("answer", () => resultTable(answer))[0] : null,
      saveButton(t("save_json"), "answer.json", () => JSON.stringify(answer, null, 2), "application/json"),
    ),
    done && answer.evidence.length ? around(answer) : null,
    answer.sparql
      ? h(
          "details",
          { class: "query" },
          h("summary", {}, t("query")),
          h("pre", { tabindex: "0" }, answer.sparql),
          h("a", { href: viewLink("sparql", { query: answer.sparql }) }, t("open_query")),
        )
      : null,
  );
}

/** The first statements of the evidence, some of every plan. */
function firstOf(evidence) {
  const counts = new Map(evidence.map((item) => [item.plan, 0]));
  const most = Math.max(3, Math.floor(EVIDENCE / counts.size));
  return evidence.filter((item) => {
    counts.set(item.plan, counts.get(item.plan) + 1);
    return counts.get(item.plan) <= most;
  });
}

const statementPath = (item) =>
  `/plans/${encodeURIComponent(item.plan)}/statements/${encodeURIComponent(item.address)}`;

/** The sentences an answer rests on, each in its plan; of many, the first ones, and a button for the others. */
export async function evidencePanel(answer) {
  const [summaries, all] = await Promise.all([plans(), topics()]);
  const done = answer.status === "answered";
  const list = h("div", { class: "evidence-list" });
  const show = async (items) => {
    const statements = await Promise.all(items.map((item) => apiOnce(statementPath(item))));
    const groups = summaries.map((summary) => [
      summary,
      statements.filter((statement) => statement.plan === summary.id),
    ]);
    list.replaceChildren(
      ...groups
        .filter(([, own]) => own.length)
        .flatMap(([summary, own]) => {
          const mark = own.map((statement) => statement.address).join(",");
          const context = planLink(summary.id, { view: "text", mark });
          return [
            h(
              "p",
              { class: "of-plan" },
              summaries.length > 1
                ? h("span", { class: "plan-name", lang: summary.language }, planName(summary))
                : null,
              h("a", { href: context }, t("in_context")),
            ),
            ...own.map((statement) => statementCard(statement, summary, { evidence: done, topics: all })),
          ];
        }),
    );
  };
  const first = firstOf(answer.evidence);
  await show(first);
  const more = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: async () => {
        more.remove();
        await show(answer.evidence);
      },
    },
    t("show_all", { n: answer.evidence.length }),
  );
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, done ? t("evidence") : t("nearest")),
    legend(),
    list,
    answer.evidence.length > first.length ? more : null,
  );
}
