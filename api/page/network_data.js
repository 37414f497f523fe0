// Which part of the coordination network is shown: by plan, topic, role, kind of agency and number of statements.

import { distinctNames } from "./corpus.js";
import { apiOnce, select } from "./http.js";
import { labelOf } from "./i18n.js";

const HOLDERS = (role) => `SELECT ?agency ?statement WHERE { ?agency kgp:${role} ?statement }`;
const ON_TOPIC = (iri) => `SELECT DISTINCT ?statement WHERE { ?statement dcterms:subject/skos:broader* <${iri}> }`;

/** The key of a node of a network: what an IRI says behind /id/. */
const keyOf = (iri) => decodeURIComponent(iri.split("/id/")[1]);

const asked = new Map();

async function rows(query) {
  if (!asked.has(query)) {
    const wanted = select(query);
    asked.set(query, wanted);
    wanted.catch(() => asked.delete(query));
  }
  return asked.get(query);
}

/** The network as the service gives it, with its measures. */
export const whole = (collectives) => apiOnce(`/network?collectives=${collectives}`);

/**
 * The nodes (with `name` in the interface's language and the number of `partners`) and the edges that pass.
 *
 * `filters`: plan (id), topicIri, role (one of the two agencies holds it in a statement they have together), kind (of
 * both agencies), weight (statements together at least), statements (a set of keys: these and no others).
 */
export async function part(network, filters) {
  const [onTopic, holding] = await Promise.all([
    filters.topicIri ? rows(ON_TOPIC(filters.topicIri)) : null,
    filters.role ? rows(HOLDERS(filters.role)) : null,
  ]);
  const topical = onTopic && new Set(onTopic.map((row) => keyOf(row.statement)));
  const held = holding && new Set(holding.map((row) => `${keyOf(row.agency)} ${keyOf(row.statement)}`));
  const fits = (node) => !filters.kind || node.kind === filters.kind;
  const nodes = new Map(network.nodes.filter(fits).map((node) => [node.id, node]));
  const counts =
    ({ source, target }) =>
    (statement) =>
      (!filters.plan || statement.startsWith(`plan/${filters.plan}/`)) &&
      (!filters.statements || filters.statements.has(statement)) &&
      (!topical || topical.has(statement)) &&
      (!held || held.has(`${source} ${statement}`) || held.has(`${target} ${statement}`));
  const edges = network.edges
    .filter((edge) => nodes.has(edge.source) && nodes.has(edge.target))
    .map((edge) => ({ ...edge, statements: edge.statements.filter(counts(edge)) }))
    .map((edge) => ({ ...edge, weight: edge.statements.length }))
    .filter((edge) => edge.weight >= (filters.weight || 1))
    .sort((a, b) => b.weight - a.weight);
  const degrees = new Map();
  for (const edge of edges) {
    for (const end of [edge.source, edge.target]) degrees.set(end, (degrees.get(end) || 0) + 1);
  }
  const joined = [...nodes.values()].filter((node) => degrees.has(node.id));
  const names = distinctNames(joined, labelOf);
  return {
    nodes: joined.map((node) => ({ ...node, name: names.get(node.id), partners: degrees.get(node.id) })),
    edges,
  };
}
