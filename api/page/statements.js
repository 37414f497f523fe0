// A statement as readers see it: address, headings, the plan's own words with agencies marked, and who does what.

import { byPlan, nameIn, planName } from "./corpus.js";
import { h, marked, roleChip, vietnamese } from "./dom.js";
import { copyButton } from "./files.js";
import { agencyName, quantity, t } from "./i18n.js";
import { absolute, agencyLink, documentLink, planLink, statementLink } from "./links.js";

export const ROLES = ["leads", "shares", "coordinates"];

/** Agencies in their roles, each once, leads first. */
export function held(statement) {
  const seen = new Map();
  for (const one of statement.responsibilities) {
    const key = `${one.role} ${one.agency}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()].sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
}

function who(statement) {
  const all = held(statement);
  if (!all.length) return null;
  const line = (one) => {
    const inherited = one.inherited && h("span", { class: "faint" }, t("heading_agency", { heading: one.inherited }));
    return h(
      "li",
      {},
      roleChip(one.role, t(one.role)),
      h("a", { href: agencyLink(one.agency) }, agencyName(one)),
      inherited,
    );
  };
  return h("ul", { class: "who" }, all.map(line));
}

/** A target in words. */
export const target = (one) => `${one.name}: ${quantity(one)}`;

/** The address of a statement ({plan, address}), which opens it in its plan; with more attributes. */
export const addressLink = ({ plan, address }, more = {}) =>
  h(
    "a",
    { class: "address", href: statementLink(plan, address), "aria-label": t("full", { address }), ...more },
    address,
  );

function facts(statement, topics) {
  const documents = new Map(statement.citations.map((citation) => [citation.document, citation.label]));
  const links = (pairs) => pairs.map(([href, text], at) => [at ? "; " : null, h("a", { href }, text)]);
  const rows = [
    [t("cites"), links([...documents].map(([id, label]) => [documentLink(id), label]))],
    [t("targets"), statement.targets.map(target).join("; ")],
    [t("due"), statement.deadlines.map((due) => due.text).join("; ")],
    [
      t("on_topics"),
      topics
        ? links(statement.topics.map((topic) => [planLink(statement.plan, { topic }), nameIn(topics, topic)]))
        : "",
    ],
  ].filter(([, value]) => value.length);
  if (!rows.length) return null;
  return h(
    "dl",
    { class: "facts" },
    rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
  );
}

/** The places in the statement's text where it names agencies, documents and deadlines, for `marked`. */
export function marksOf(statement) {
  const within = (item) => item.start >= statement.start && item.end <= statement.end;
  const shift = (item, more) => ({ start: item.start - statement.start, end: item.end - statement.start, ...more });
  return [
    ...statement.responsibilities
      .filter(within)
      .map((one) => shift(one, { class: `role-${one.role}`, title: t(one.role) })),
    ...statement.citations.filter(within).map((one) => shift(one, { class: "cited", title: t("legend_cited") })),
    ...statement.deadlines.filter(within).map((one) => shift(one, { class: "due", title: t("legend_due") })),
  ];
}

/** What the marks in a text mean. */
export function legend() {
  const entry = (name, words) => h("mark", { class: name }, words);
  return h(
    "p",
    { class: "legend faint" },
    t("legend"),
    ROLES.map((role) => [" ", entry(`role-${role}`, t(role))]),
    " ",
    entry("cited", t("legend_cited")),
    " ",
    entry("due", t("legend_due")),
  );
}

/** Words to quote a statement by: verbatim, plan, address, and where to read it. */
export const citation = (statement, summary) =>
  `“${statement.text}” — ${planName(summary)}, ${statement.address}. ${absolute(statementLink(statement.plan, statement.address))}`;

/**
 * One statement, of the plan that `summary` describes. `evidence` draws it as the sentence an answer rests on, `anchor`
 * gives it an id by its address, `path` shows its headings, behind the plan's name where `named`, `topics` are those of
 * the corpus, `note` are words for its head.
 */
export function statementCard(
  statement,
  summary,
  { evidence = false, anchor = false, path = true, named = false, topics = null, note = null } = {},
) {
  const { address } = statement;
  const above = [named && planName(summary), ...(path ? statement.heading_path : [])].filter(Boolean);
  return h(
    "article",
    {
      class: evidence ? "statement evidence" : "statement",
      id: anchor ? `s-${address}` : null,
      "data-plan": statement.plan,
      "data-address": address,
    },
    h(
      "header",
      {},
      addressLink(statement),
      h("span", { class: "kind" }, t("kinds")[statement.kind] || statement.kind),
      note ? h("span", { class: "kind" }, note) : null,
      copyButton(t("copy_citation"), () => citation(statement, summary)),
    ),
    above.length ? h("p", { class: "path", lang: summary.language }, above.join(" › ")) : null,
    h("blockquote", { lang: summary.language }, marked(statement.text, marksOf(statement))),
    who(statement),
    facts(statement, topics),
  );
}

/** Statements as rows to save. */
export const statementTable = (items) =>
  items.map((item) => {
    const names = (role) =>
      held(item)
        .filter((one) => one.role === role)
        .map((one) => one.name)
        .join("; ");
    return {
      plan: item.plan,
      address: item.address,
      iri: item.iri,
      kind: item.kind,
      text: item.text,
      leads: names("leads"),
      shares: names("shares"),
      coordinates: names("coordinates"),
      documents: [...new Set(item.citations.map((one) => one.label))].join("; "),
      deadlines: item.deadlines.map((one) => one.date || one.text).join("; "),
      topics: item.topics.join("; "),
    };
  });

/** What `draw` makes of the items of each plan that has some, under the plan's name when there are several plans. */
export const underPlans = (items, summaries, draw, heading = "h3") =>
  byPlan(items, summaries).map(([summary, own]) => [
    summaries.length > 1 ? h(heading, { class: "plan-name", lang: summary.language }, planName(summary)) : null,
    draw(own, summary),
  ]);

/** A list that refers to statements by their addresses and their words, under their plans. */
export const references = (refs, summaries) =>
  underPlans(refs, summaries, (own) =>
    h(
      "ul",
      { class: "refs" },
      own.map((ref) => h("li", {}, addressLink(ref), vietnamese(ref.text))),
    ),
  );
