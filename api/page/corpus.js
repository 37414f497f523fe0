// What the whole page needs of the corpus: its plans, and the names of topics and kinds of agency.

import { h, select as selectBox } from "./dom.js";
import { apiOnce, allOf, select } from "./http.js";
import { current, t } from "./i18n.js";

/** Summaries of all plans. */
export const plans = () => allOf("/plans");

/** One plan with its statements. */
export const plan = (id) => apiOnce(`/plans/${encodeURIComponent(id)}`);

/** A plan as a citation names it: type or title, number, year. */
export function planName(summary) {
  return [summary.title, summary.number, summary.title.includes(String(summary.year)) ? null : summary.year]
    .filter(Boolean)
    .join(", ");
}

/** A title short enough for a list to choose from. */
export const shortTitle = (summary) =>
  summary.title.length > 70
    ? `${summary.title.slice(0, 64).trimEnd()}… (${summary.year ?? summary.id})`
    : summary.title;

/** The choice of one plan or all; nothing where there is but one. */
export async function planChoice(chosen, change, { all = true } = {}) {
  const found = await plans();
  if (found.length < 2) return null;
  const options = found.map((summary) => [summary.id, shortTitle(summary)]);
  const choice = selectBox("plan", t("which_plan"), all ? [["", t("all_plans")], ...options] : options, chosen, change);
  return h("div", { class: "plan-choice" }, choice);
}

const TOPICS = `SELECT DISTINCT ?topic ?vi ?en ?broader WHERE {
  ?statement dcterms:subject/skos:broader* ?topic .
  ?topic skos:prefLabel ?vi FILTER(LANG(?vi) = "vi")
  OPTIONAL { ?topic skos:prefLabel ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { ?topic skos:broader ?broader }
} ORDER BY ?topic`;

const KINDS = `SELECT ?kind ?vi ?en WHERE {
  ?kind skos:prefLabel ?vi, ?en
  FILTER(STRSTARTS(STR(?kind), "https://w3id.org/kgplan/ns#kind-") && LANG(?vi) = "vi" && LANG(?en) = "en")
}`;

const once = (make) => {
  let made = null;
  return () => {
    made ??= make().catch((error) => {
      made = null;
      throw error;
    });
    return made;
  };
};

export const topicSlug = (iri) => decodeURIComponent(iri.split("/topic/")[1]);

/** Topics of the statements, and what is broader, by slug: {vi, en, iri, broader: [slugs]}. */
export const topics = once(async () => {
  const found = new Map();
  for (const row of await select(TOPICS)) {
    const slug = topicSlug(row.topic);
    const topic = found.get(slug) || { vi: row.vi, en: row.en || row.vi, iri: row.topic, broader: [] };
    if (row.broader) topic.broader.push(topicSlug(row.broader));
    found.set(slug, topic);
  }
  return found;
});

/** Kinds of agency by code: {vi, en}. */
export const agencyKinds = once(async () => {
  const rows = await select(KINDS);
  return new Map(rows.map((row) => [row.kind.split("#kind-")[1], row]));
});

/** The slug and those of all that is broader. */
export function withBroader(all, name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const broader of all.get(name)?.broader || []) withBroader(all, broader, seen);
  }
  return seen;
}

/** The name, in the interface's language, of a topic or kind in such a map. */
export const nameIn = (all, key) => all.get(key)?.[current()] || key;

/** [key, name] of such a map, by name. */
export const named = (all, keys) =>
  [...keys].map((key) => [key, nameIn(all, key)]).sort((a, b) => a[1].localeCompare(b[1], current()));

/**
 * Names of agencies by id ({id, jurisdiction} and what `nameOf` reads): where several places have an agency of one name,
 * the place stands with it.
 */
export function distinctNames(agencies, nameOf) {
  const places = new Map();
  for (const agency of agencies) {
    places.set(nameOf(agency), (places.get(nameOf(agency)) || new Set()).add(agency.jurisdiction));
  }
  const words = (agency) =>
    places.get(nameOf(agency)).size > 1 ? `${nameOf(agency)} (${agency.jurisdiction})` : nameOf(agency);
  return new Map(agencies.map((agency) => [agency.id, words(agency)]));
}
