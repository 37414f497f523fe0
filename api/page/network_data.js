// Which part of a network is shown: by plan, topic, role, kind of agency and number of statements.

import { distinctNames } from "./corpus.js";
import { apiOnce, rows, withQuery } from "./http.js";
import { labelOf } from "./i18n.js";
import { agencyLink, documentLink, statementLink, viewLink } from "./links.js";

/** The networks of the service. */
export const NETWORKS = ["coordination", "responsibility", "topic", "citation"];

/** Whether a line of such a network stands for several statements, and whether agencies hold roles in them. */
export const hasWeights = (network) => network === "coordination" || network === "topic";
export const hasRoles = (network) => network !== "citation";

const HOLDERS = (role) => `SELECT ?agency ?statement WHERE { ?agency kgp:${role} ?statement }`;
const ON_TOPIC = (iri) => `SELECT DISTINCT ?statement WHERE { ?statement dcterms:subject/skos:broader* <${iri}> }`;

/** The key of a node of a network: what an IRI says behind /id/. */
const keyOf = (iri) => decodeURIComponent(iri.split("/id/")[1]);

/** The network as the service gives it; that of coordination with its measures. */
export const whole = (collectives, network = "coordination") =>
  apiOnce(withQuery("/network", { kind: network, collectives: String(collectives) }));

/** The page's view of what a node stands for. */
export function nodeLink(node) {
  const id = node.id.slice(node.id.indexOf("/") + 1);
  if (node.type === "agency") return agencyLink(id);
  if (node.type === "statement") return statementLink(node.plan, node.label);
  return node.type === "document" ? documentLink(id) : viewLink("statements", { topic: id });
}

/** The keys of the statements that a line stands for. */
function statementsOf(network, edge) {
  if (network.kind === "responsibility") return [edge.target];
  return network.kind === "citation" ? [edge.source] : edge.statements;
}

/**
 * The nodes (with `name` in the interface's language and the number of `partners`) and the edges that pass, each with
 * the keys of its `statements`.
 *
 * `filters`: plan (id), topicIri, role (one of the two agencies holds it in a statement they have together), kind (of
 * both agencies), weight (statements together at least), statements (a set of keys: these and no others), alone
 * (agencies that no line joins stay).
 */
export async function part(network, filters) {
  const [onTopic, holding] = await Promise.all([
    filters.topicIri ? rows(ON_TOPIC(filters.topicIri)) : null,
    filters.role ? rows(HOLDERS(filters.role)) : null,
  ]);
  const topical = onTopic && new Set(onTopic.map((row) => keyOf(row.statement)));
  const held = holding && new Set(holding.map((row) => `${keyOf(row.agency)} ${keyOf(row.statement)}`));
  const fits = (node) => !filters.kind || node.type !== "agency" || node.kind === filters.kind;
  const nodes = new Map(network.nodes.filter(fits).map((node) => [node.id, node]));
  const counts =
    ({ source, target }) =>
    (statement) =>
      (!filters.plan || statement.startsWith(`plan/${filters.plan}/`)) &&
      (!filters.statements || filters.statements.has(statement)) &&
      (!topical || topical.has(statement)) &&
      (!held || !hasRoles(network.kind) || held.has(`${source} ${statement}`) || held.has(`${target} ${statement}`));
  const edges = network.edges
    .filter((edge) => nodes.has(edge.source) && nodes.has(edge.target))
    .map((edge) => ({ ...edge, statements: statementsOf(network, edge).filter(counts(edge)) }))
    .map((edge) => ({ ...edge, weight: edge.statements.length }))
    .filter((edge) => edge.weight >= ((hasWeights(network.kind) && filters.weight) || 1))
    .sort((a, b) => b.weight - a.weight);
  const degrees = new Map();
  for (const edge of edges) {
    for (const end of [edge.source, edge.target]) degrees.set(end, (degrees.get(end) || 0) + 1);
  }
  const stays = (node) => degrees.has(node.id) || (filters.alone && node.type === "agency");
  const kept = [...nodes.values()].filter(stays);
  const several = new Set(kept.map((node) => node.plan).filter(Boolean)).size > 1;
  const names = await distinctNames(kept, (node) =>
    several && node.plan ? `${node.plan} ${node.label}` : labelOf(node),
  );
  return {
    nodes: kept.map((node) => ({ ...node, name: names.get(node.id), partners: degrees.get(node.id) || 0 })),
    edges,
  };
}
