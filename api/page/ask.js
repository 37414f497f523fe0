// The ask box, the answer, and the sentences it rests on.

import { announce, api, copyButton, csv, download, h, roleChip } from "./dom.js";
import { EXAMPLES, current, t } from "./i18n.js";
import { askLink, givenIn, reading } from "./reading.js";
import { agencyLink, statementCard, statementLink } from "./statements.js";

const AGENCY = /\/id\/agency\/(.+)$/;
const EVIDENCE = 12;

function box(question) {
  const input = h("input", { type: "search", id: "q", name: "q", value: question, placeholder: t("placeholder"), autocomplete: "off", maxlength: 2000, required: true });
  const form = h("form", { class: "askbox", role: "search", onsubmit: (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text) location.hash = askLink(text);
  } }, h("label", { for: "q", class: "visually-hidden" }, t("question")), input, h("button", { type: "submit" }, t("go")));
  return form;
}

function examples() {
  const other = current() === "vi" ? "en" : "vi";
  const chosen = [...EXAMPLES[current()].map((text) => [text, current()]), ...EXAMPLES[other].slice(0, 2).map((text) => [text, other])];
  return h("div", { class: "examples" }, h("span", { class: "faint" }, t("examples")),
    chosen.map(([text, lang]) => h("a", { class: "example", lang, href: askLink(text) }, text)));
}

function label(result) {
  if (result.type === "value" && typeof result.value === "boolean") return result.value ? t("yes") : t("no");
  const name = (current() === "en" && result.label_en) || result.label_vi || result.label_en || "";
  return name || String(result.value ?? result.iri ?? "");
}

function value(result) {
  if (result.value === null || result.value === undefined || typeof result.value === "boolean") return "";
  const text = `${result.value} ${result.unit || ""}`.trim();
  return text === label(result) ? "" : text;
}

function resultRow(result, plan) {
  const agency = AGENCY.exec(result.iri || "");
  const name = label(result);
  const second = current() === "en" && result.label_vi && result.label_vi !== name ? h("span", { class: "faint", lang: "vi" }, result.label_vi) : null;
  return h("li", {},
    h("span", { class: "what" },
      result.role ? roleChip(result.role, t(result.role)) : null,
      agency ? h("a", { href: agencyLink(decodeURIComponent(agency[1])) }, name) : h("span", {}, name),
      value(result) ? h("strong", {}, value(result)) : null, second),
    h("span", { class: "where" }, (result.addresses || []).map((address) => {
      const target = `s-${address}`;
      return h("a", { class: "address", href: statementLink(plan, address), onclick: (event) => {
        const card = document.getElementById(target);
        if (!card) return;
        event.preventDefault();
        card.scrollIntoView({ behavior: "smooth", block: "center" });
        card.classList.remove("flash");
        requestAnimationFrame(() => card.classList.add("flash"));
      } }, address);
    })));
}

function citation(answer) {
  const places = answer.evidence.map((item) => item.iri).join(" ");
  return `“${answer.question}” — ${answer.text} kgplan, ${location.href} ${places}`;
}

function table(answer) {
  const rows = answer.results.map((r) => [r.iri, r.type, r.label_vi, r.label_en, r.role, r.value, r.unit, (r.addresses || []).join(" ")]);
  return csv([["iri", "type", "label_vi", "label_en", "role", "value", "unit", "addresses"], ...rows]);
}

function answerCard(answer, read) {
  const plan = answer.evidence[0]?.plan || "";
  const done = answer.status === "answered";
  return h("section", { class: `answer ${answer.status}`, "aria-labelledby": "answer-text" },
    h("p", { class: "state" }, done ? t("answered") : t("abstained")),
    h("h1", { id: "answer-text", lang: answer.language }, answer.text),
    read,
    answer.results.length ? h("ul", { class: "results" }, answer.results.map((result) => resultRow(result, plan))) : null,
    h("div", { class: "tools" },
      copyButton(t("copy_link"), t("copied"), () => location.href),
      copyButton(t("copy_citation"), t("copied"), citation(answer)),
      h("button", { type: "button", class: "quiet", onclick: () => download("answer.csv", table(answer), "text/csv") }, t("csv")),
      h("button", { type: "button", class: "quiet", onclick: () => download("answer.json", JSON.stringify(answer, null, 2), "application/json") }, t("json"))),
    answer.sparql ? h("details", { class: "sparql" }, h("summary", {}, t("query")), h("pre", { tabindex: "0" }, answer.sparql),
      h("a", { href: `#/sparql?${new URLSearchParams({ query: answer.sparql })}` }, t("open_query"))) : null);
}

async function evidencePanel(answer) {
  const shown = answer.evidence.slice(0, EVIDENCE);
  const statements = await Promise.all(shown.map((item) => api(`/plans/${encodeURIComponent(item.plan)}/statements/${encodeURIComponent(item.address)}`)));
  return h("section", { class: "panel" }, h("h2", {}, answer.status === "answered" ? t("evidence") : t("nearest")),
    statements.map((statement) => statementCard(statement, { evidence: answer.status === "answered" })));
}

/** The view: the hero, or a question with its answer. */
export async function askView(main, parameters) {
  const question = parameters.get("q") || "";
  const given = givenIn(parameters);
  if (!question) {
    main.replaceChildren(h("section", { class: "hero" }, h("h1", {}, t("title")), h("p", { class: "lead" }, t("lead")), box(""), examples()));
    document.getElementById("q").focus({ preventScroll: true });
    return;
  }
  const waiting = h("p", { class: "faint" }, t("working"));
  main.replaceChildren(h("div", { class: "asked" }, box(question)), waiting);
  announce(t("working"));
  const answer = await api("/ask", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ question, ...(Object.keys(given).length ? { interpretation: given } : {}) }) });
  const [panel, read] = await Promise.all([answer.evidence.length ? evidencePanel(answer) : null, reading(answer, given)]);
  waiting.replaceWith(h("div", { class: "two" }, answerCard(answer, read), panel), examples());
  announce(answer.text);
}
