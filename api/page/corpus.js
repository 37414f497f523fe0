// What the whole page needs of the corpus: its plans, and the names of topics and kinds of agency.

import { h, select } from "./dom.js";
import { allOf, apiOnce, rows, withQuery } from "./http.js";
import { counted, current, t } from "./i18n.js";
import { idIn, planLink } from "./links.js";

/** A table of counts, as /matrix gives it for these parameters. */
export const matrix = (parameters) => apiOnce(withQuery("/matrix", parameters));

/** Summaries of all plans. */
export const plans = () => allOf("/plans");

/** One plan with its statements. */
export const plan = (id) => apiOnce(`/plans/${encodeURIComponent(id)}`);

/** One statement, or a passage of the text that states nothing of the plan, which its plan does not list. */
export const statement = (id, address) =>
  apiOnce(`/plans/${encodeURIComponent(id)}/statements/${encodeURIComponent(address)}`);

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

/** The items ({plan}) of each plan that has some: [summary, items]. */
export const byPlan = (items, summaries) =>
  summaries
    .map((summary) => [summary, items.filter((item) => item.plan === summary.id)])
    .filter(([, own]) => own.length);

/** A plan with its figures, as an entry of a list; its name is a heading. */
export const planCard = (summary, heading) =>
  h(
    "li",
    {},
    h(heading, {}, h("a", { href: planLink(summary.id), lang: summary.language }, planName(summary))),
    h(
      "p",
      { class: "figures" },
      h("span", {}, counted(summary.statements, "statements")),
      h("span", {}, counted(summary.agencies, "agencies_named")),
      h("span", {}, counted(summary.documents, "documents")),
    ),
  );

/** The choice of one plan or all; nothing where there is but one. */
export async function planChoice(chosen, change, { all = true } = {}) {
  const found = await plans();
  if (found.length < 2) return null;
  const options = found.map((summary) => [summary.id, shortTitle(summary)]);
  const choice = select("plan", t("which_plan"), all ? [["", t("all_plans")], ...options] : options, chosen, change);
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

/** Topics of the statements, and what is broader, by slug: {vi, en, iri, broader: [slugs]}. */
export async function topics() {
  const found = new Map();
  for (const row of await rows(TOPICS)) {
    const slug = idIn(row.topic, "topic");
    const topic = found.get(slug) || { vi: row.vi, en: row.en || row.vi, iri: row.topic, broader: [] };
    if (row.broader) topic.broader.push(idIn(row.broader, "topic"));
    found.set(slug, topic);
  }
  return found;
}

/** Kinds of agency by code: {vi, en}. */
export async function agencyKinds() {
  const found = await rows(KINDS);
  return new Map(found.map((row) => [row.kind.split("#kind-")[1], row]));
}

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

/** Names of places that the plans mention, by the slug that is also the id of a jurisdiction. */
async function places() {
  const found = await rows(
    "SELECT DISTINCT ?place ?name WHERE { ?s kgp:mentionsPlace ?place . ?place skos:prefLabel ?name }",
  );
  return new Map(found.map((row) => [idIn(row.place, "place"), row.name]));
}

/**
 * Names of agencies by id ({id, jurisdiction} and what `nameOf` reads): where several places have an agency of one name,
 * the place stands with it.
 */
export async function distinctNames(agencies, nameOf) {
  const homes = new Map();
  for (const agency of agencies) {
    homes.set(nameOf(agency), (homes.get(nameOf(agency)) || new Set()).add(agency.jurisdiction));
  }
  const shared = (agency) => homes.get(nameOf(agency)).size > 1;
  const called = agencies.some(shared) ? await places() : new Map();
  const home = ({ jurisdiction }) => (jurisdiction === "vn" ? t("nation") : called.get(jurisdiction) || jurisdiction);
  const words = (agency) => (shared(agency) ? `${nameOf(agency)} (${home(agency)})` : nameOf(agency));
  return new Map(agencies.map((agency) => [agency.id, words(agency)]));
}
