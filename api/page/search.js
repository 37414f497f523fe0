// Statements found by words, and those of all plans that filters choose.

import { matrix, nameIn, plan, planName, plans, statement, topics } from "./corpus.js";
import { announce, askBox, h } from "./dom.js";
import { tableButtons } from "./files.js";
import { allOf, api, withQuery } from "./http.js";
import { agencyName, counted, labelOf, shownDate, t } from "./i18n.js";
import { viewLink } from "./links.js";
import { legend, statementCard, statementTable, underPlans } from "./statements.js";

const HITS = 20;
const FILTERS = ["plan", "agency", "role", "topic", "document", "kind", "section", "before", "after"];

const box = (words) =>
  askBox({
    id: "search-words",
    label: t("search_title"),
    words,
    button: t("search"),
    go: (text) => {
      location.hash = viewLink("search", { q: text });
    },
  });

/** The policy fields that the plans are about, as links to their statements: where to start without words. */
async function fields() {
  const { columns } = await matrix({});
  const links = columns.map((field) =>
    h("a", { class: "example", href: viewLink("statements", { topic: field.id }) }, labelOf(field)),
  );
  return links.length ? [h("h2", {}, t("by_field")), h("p", { class: "examples" }, links)] : null;
}

/** The statements that were found, the closest first, with their files. */
async function results(hits, summaries) {
  if (!hits.length) return h("p", { class: "empty" }, t("nothing_found"));
  const wanted = [...new Set(hits.map((hit) => hit.plan))];
  const [all, ...read] = await Promise.all([topics(), ...wanted.map(plan)]);
  const listed = new Map(read.flatMap(({ id, items }) => items.map((item) => [`${id} ${item.address}`, item])));
  const found = await Promise.all(
    hits.map((hit) => listed.get(`${hit.plan} ${hit.address}`) || statement(hit.plan, hit.address)),
  );
  const saved = () => statementTable(found).map((row, at) => ({ score: hits[at].score, ...row }));
  const card = (one, at) =>
    statementCard(
      one,
      summaries.find((summary) => summary.id === one.plan),
      { named: summaries.length > 1, topics: all, note: `${t("score")} ${hits[at].score.toFixed(2)}` },
    );
  return [
    h(
      "div",
      { class: "tools" },
      h("span", { class: "count" }, counted(hits.length, "statements")),
      tableButtons("search", saved),
    ),
    legend(),
    found.map(card),
  ];
}

/** The statements closest to the words of the URL, or without words, where to start. Gives the title. */
export async function searchView(main, parameters) {
  const words = parameters.get("q") || "";
  const head = [h("h1", {}, t("search_title")), h("p", { class: "lead" }, t("search_lead")), box(words)];
  if (!words) {
    main.replaceChildren(h("section", { class: "page" }, head, await fields()));
    document.getElementById("search-words")?.focus({ preventScroll: true });
    return t("search_title");
  }
  const [{ hits }, summaries] = await Promise.all([api(withQuery("/search", { q: words, k: HITS })), plans()]);
  main.replaceChildren(h("section", { class: "page" }, head, await results(hits, summaries)));
  announce(counted(hits.length, "statements"));
  return `${words} · ${t("search_title")}`;
}

/** A filter's value in words, as far as what was found names it. */
function said([name, value], items, summaries, all) {
  const names = {
    plan: () => summaries.filter((one) => one.id === value).map(planName),
    agency: () => items.flatMap((item) => item.responsibilities.filter((one) => one.agency === value)).map(agencyName),
    document: () => items.flatMap((item) => item.citations.filter((one) => one.document === value).map(labelOf)),
    topic: () => [nameIn(all, value)],
    kind: () => [t("kinds")[value]],
    role: () => [t(value)],
    section: () => [`${t("fields").section} ${value}`],
    before: () => [t("due_by", { date: shownDate(value) })],
    after: () => [t("due_from", { date: shownDate(value) })],
  };
  return names[name]?.()[0] || value;
}

/** The statements of all plans that the filters of the URL choose, those of /statements. Gives the title. */
export async function statementsView(main, parameters) {
  const given = FILTERS.map((name) => [name, parameters.get(name)]).filter(([, value]) => value);
  const path = withQuery("/statements", Object.fromEntries(given));
  const [items, summaries, all] = await Promise.all([allOf(path), plans(), topics()]);
  const cards = (own, summary) => own.map((item) => statementCard(item, summary, { topics: all }));
  main.replaceChildren(
    h(
      "section",
      { class: "page" },
      h("h1", {}, t("statements_title")),
      h(
        "p",
        { class: "read" },
        given.map((filter) => h("span", { class: "pill" }, said(filter, items, summaries, all))),
      ),
      h(
        "div",
        { class: "tools" },
        h("span", { class: "count" }, counted(items.length, "statements")),
        tableButtons("statements", () => statementTable(items)),
      ),
      items.length ? underPlans(items, summaries, cards, "h2") : h("p", { class: "empty" }, t("nothing_left")),
    ),
  );
  return t("statements_title");
}
