// An answer: its words, what was asked for with roles as chips, and the sentences it rests on.

import { byPlan, planName, plans, statement, topics } from "./corpus.js";
import { h, roleChip } from "./dom.js";
import { copyButton, saveButton, tableButtons } from "./files.js";
import { current, labelOf, quantity, shownDate, t } from "./i18n.js";
import { agencyLink, documentLink, idIn, planLink, viewLink } from "./links.js";
import { addressLink, citation, legend, statementCard } from "./statements.js";

const EVIDENCE = 8;

function value({ value: found, ...more }) {
  if (typeof found === "boolean") return t(found ? "yes" : "no");
  return typeof found === "number" ? quantity({ value: found, ...more }) : String(found ?? "");
}

const label = (result) => labelOf(result) || value(result) || result.iri || "";

/** Where the page shows what a result is; null when it has no view of it. */
function linkOf(result) {
  const [agency, document] = [idIn(result.iri, "agency"), idIn(result.iri, "document")];
  if (agency) return agencyLink(agency);
  return document && documentLink(document);
}

/** From the agencies that the plan names, by which events, to the one of today that stands for them. */
function chain(result) {
  if (!result.formerly?.length) return null;
  const formers = result.formerly.map((former, at) => [
    at ? ", " : null,
    h("a", { href: linkOf(former), lang: "vi" }, former.label_vi),
  ]);
  const event = (change) =>
    h(
      "li",
      {},
      t("changes")[change.kind] || change.kind,
      h("span", { class: "faint" }, ` ${[change.act, shownDate(change.date)].filter(Boolean).join(", ")}`),
    );
  return h(
    "ol",
    { class: "chain", "aria-label": t("today_chain") },
    h("li", {}, formers, h("span", { class: "faint" }, ` ${t("in_plan")}`)),
    (result.changes || []).map(event),
    h("li", {}, h("strong", {}, label(result)), h("span", { class: "faint" }, ` ${t("today")}`)),
  );
}

/** The statements of the evidence at that address which name the result, since several plans may have the address. */
function saying(answer, result, address) {
  const there = answer.evidence.filter((item) => item.address === address);
  const naming = there.filter((item) => (item.marks || []).some((mark) => mark.iri === result.iri));
  return naming.length ? naming : there;
}

/** The address of a statement of the evidence, which leads to it there. */
function evidenceLink(item) {
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
  return addressLink(item, { "aria-label": null, onclick });
}

/** Where the evidence stands; of several plans, each behind its plan's id. */
function places(items, several) {
  if (!several) return h("span", { class: "where" }, items.map(evidenceLink));
  const ofPlan = (plan) => [
    h("a", { class: "faint", href: planLink(plan) }, plan),
    items.filter((item) => item.plan === plan).map(evidenceLink),
  ];
  return [...new Set(items.map((item) => item.plan))].map((plan) => h("span", { class: "where own" }, ofPlan(plan)));
}

function resultRow(answer, result, several) {
  const name = label(result);
  const link = linkOf(result);
  const vietnamese = result.label_vi && result.label_vi !== name ? result.label_vi : null;
  const items = (result.addresses || []).flatMap((address) => saying(answer, result, address));
  const roles = result.roles?.length ? result.roles : [result.role].filter(Boolean);
  const language = name === result.label_vi ? "vi" : null;
  // a statement's words stand in full among the evidence
  const plain = { value: "verdict", statement: "clamped" }[result.type] || null;
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
      ["", name].includes(value(result)) ? null : h("strong", {}, value(result)),
      current() === "en" && vietnamese ? h("span", { class: "faint", lang: "vi" }, vietnamese) : null,
    ),
    places(items, several),
    chain(result),
  );
}

/** What was asked for, or was found by a part of the question; the whole answer has the evidence of its parts. */
function resultList(whole, { results }) {
  if (!results.length) return null;
  const several = new Set(whole.evidence.map((item) => item.plan)).size > 1;
  return h(
    "ul",
    { class: "results", "aria-label": t("results") },
    results.map((result) => resultRow(whole, result, several)),
  );
}

const proof = (answer) =>
  answer.sparql
    ? h(
        "details",
        { class: "query" },
        h("summary", {}, t("query")),
        h("pre", { tabindex: "0" }, answer.sparql),
        h("a", { href: viewLink("sparql", { query: answer.sparql }) }, t("open_query")),
      )
    : null;

/** The answer to one part of a question that asks several things. */
function partSection(whole, part, at) {
  const done = part.status === "answered";
  const what = t("intents")[part.interpretation.intent] || part.interpretation.intent;
  return h(
    "section",
    { class: `part ${part.status}`, "aria-labelledby": `part-${at}` },
    h("p", { class: "state" }, t(done ? "part_answered" : "part_abstained", { n: at + 1, what })),
    h("h2", { id: `part-${at}`, class: "said", lang: whole.language }, part.text),
    resultList(whole, part),
    done
      ? h(
          "div",
          { class: "tools" },
          tableButtons(`answer-${at + 1}`, () => resultTable(part)),
        )
      : null,
    done ? proof(part) : null,
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
    formerly: (result.formerly || []).map((former) => former.label_vi).join("; "),
    changes: (result.changes || []).map((change) => `${change.date} ${change.kind} ${change.act}`).join("; "),
    addresses: (result.addresses || []).join(" "),
  }));

/** The network around the answer, folded; its code and data are loaded when it is opened. */
function around(answer) {
  const inside = h("div", {});
  let opened = false;
  const ontoggle = async () => {
    if (opened) return;
    opened = true;
    const { drawAround } = await import("./around.js");
    await drawAround(inside, answer);
  };
  return h("details", { class: "around", ontoggle }, h("summary", {}, t("around")), inside);
}

/** The card with the answer; `read` is how the question was understood, as a node. */
export async function answerCard(answer, read) {
  const summaries = new Map((await plans()).map((summary) => [summary.id, summary]));
  const done = answer.status === "answered";
  const parts = answer.parts || [];
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
    h(
      "h1",
      { id: "answer-text", class: parts.length ? "visually-hidden" : "said", lang: answer.language },
      answer.text,
    ),
    read,
    parts.length ? parts.map((part, at) => partSection(answer, part, at)) : resultList(answer, answer),
    h(
      "div",
      { class: "tools" },
      copyButton(t("copy_link"), () => location.href),
      done ? copyButton(t("copy_citation"), quotes) : null,
      answer.results.length ? tableButtons("answer", () => resultTable(answer))[0] : null,
      saveButton(t("save_json"), "answer.json", () => JSON.stringify(answer, null, 2), "application/json"),
      h("a", { class: "quiet", href: viewLink("search", { q: answer.question }) }, t("search_words")),
    ),
    done && answer.evidence.length ? around(answer) : null,
    parts.length ? null : proof(answer),
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

/** The sentences an answer rests on, each in its plan; of many, the first ones, and a button for the others. */
export async function evidencePanel(answer) {
  const [summaries, all] = await Promise.all([plans(), topics()]);
  const done = answer.status === "answered";
  const list = h("div", { class: "evidence-list" });
  const show = async (items) => {
    const statements = await Promise.all(items.map((item) => statement(item.plan, item.address)));
    list.replaceChildren(
      ...byPlan(statements, summaries).flatMap(([summary, own]) => {
        const mark = own.map((statement) => statement.address).join(",");
        const context = planLink(summary.id, { view: "text", mark });
        return [
          h(
            "p",
            { class: "of-plan" },
            summaries.length > 1 ? h("span", { class: "plan-name", lang: summary.language }, planName(summary)) : null,
            h("a", { href: context }, t("in_context")),
          ),
          ...own.map((one) => statementCard(one, summary, { evidence: done, topics: all })),
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
