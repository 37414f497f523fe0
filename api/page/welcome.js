// What stands under the empty ask box: questions that the corpus can answer, and what it holds.

import { matrix, planCard, plans } from "./corpus.js";
import { h } from "./dom.js";
import { allOf, apiOnce } from "./http.js";
import { current, t } from "./i18n.js";
import { askLink, viewLink } from "./links.js";

/** The columns of a matrix, those that most single agencies are in first. */
function shared({ columns, cells }, collective) {
  const counts = new Map();
  for (const cell of cells) {
    if (!collective.has(cell.row)) counts.set(cell.column, (counts.get(cell.column) || 0) + 1);
  }
  return columns.filter((column) => counts.has(column.id)).sort((a, b) => counts.get(b.id) - counts.get(a.id));
}

/** Questions of the topics and agencies of one plan or all, in a language. */
async function questions(language, plan) {
  const [agencies, all, led, words] = await Promise.all([
    allOf("/agencies"),
    matrix({ plan }),
    matrix({ plan, role: "leads" }),
    apiOnce(`/static/words/${language}.json`),
  ]);
  const collective = new Set(agencies.filter((agency) => agency.collective).map((agency) => agency.id));
  const label = (thing) => (language === "en" && thing.label_en) || thing.label_vi;
  const [first] = shared(all, collective);
  const other = shared(led, collective).find((topic) => topic.id !== first?.id);
  const agency = led.rows.find((row) => !collective.has(row.id));
  return [
    first && words.example_coordinates.replace("{topic}", label(first)),
    other && words.example_leads.replace("{topic}", label(other)),
    agency && words.example_agency.replace("{agency}", label(agency)),
    words.example_documents,
  ].filter(Boolean);
}

/** Examples as links, in the interface's language first and then some in the other. */
export async function examples(plan = "") {
  const other = current() === "vi" ? "en" : "vi";
  const [own, theirs] = await Promise.all([questions(current(), plan), questions(other, plan)]);
  const links = (texts, lang) =>
    texts.map((text) => h("a", { class: "example", lang, href: askLink(text, { plan }) }, text));
  return h(
    "div",
    { class: "examples" },
    h("span", { class: "faint" }, `${t("examples")}:`),
    links(own, current()),
    links(theirs.slice(0, 2), other),
  );
}

/** The plans with their figures, and the ways into them. */
export async function overview() {
  const summaries = await plans();
  const cards = summaries.slice(0, 6).map((summary) => planCard(summary, "h3"));
  const ways = [
    ["agencies", "see_agencies"],
    ["network", "see_network"],
    ["matrix", "see_matrix"],
  ];
  return h(
    "section",
    { class: "overview" },
    h("h2", {}, t("in_the_corpus")),
    h("ul", { class: "plans" }, cards),
    summaries.length > 6
      ? h("p", {}, h("a", { href: viewLink("plan") }, t("show_all", { n: summaries.length })))
      : null,
    h(
      "p",
      { class: "ways" },
      ways.map(([view, words]) => h("a", { class: "way", href: viewLink(view) }, t(words))),
    ),
  );
}
