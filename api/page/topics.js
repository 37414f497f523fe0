// The topics of the thesaurus that statements are on, with what is broader, asked of the graph once.

import { api } from "./dom.js";
import { current } from "./i18n.js";

const QUERY = `SELECT DISTINCT ?topic ?vi ?en ?broader WHERE {
  ?statement dcterms:subject/skos:broader* ?topic .
  ?topic skos:prefLabel ?vi FILTER(LANG(?vi) = "vi")
  OPTIONAL { ?topic skos:prefLabel ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { ?topic skos:broader ?broader }
} ORDER BY ?topic`;

const slug = (iri) => decodeURIComponent(iri.split("/topic/")[1]);
let asked = null;

/** Rows of a SELECT query, each a map from variable to text. */
export async function select(query) {
  const found = await api(`/sparql?${new URLSearchParams({ query })}`, { headers: { accept: "application/sparql-results+json" } });
  return found.results.bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));
}

/** Topics by slug: names in both languages and the slugs of what is broader. */
export function topics() {
  asked ??= select(QUERY).then((rows) => {
    const found = new Map();
    for (const row of rows) {
      const topic = found.get(slug(row.topic)) || { vi: row.vi, en: row.en || row.vi, broader: [] };
      if (row.broader) topic.broader.push(slug(row.broader));
      found.set(slug(row.topic), topic);
    }
    return found;
  }).catch((error) => { asked = null; throw error; });
  return asked;
}

/** The slug and those of all that is broader. */
export function withBroader(all, name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const broader of all.get(name)?.broader || []) withBroader(all, broader, seen);
  }
  return seen;
}

/** A topic's name in the interface's language. */
export const topicName = (all, name) => all.get(name)?.[current()] || name;
