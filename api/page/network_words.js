// What stands about the figure of the network: who stands out, whom an agency works with, the links as a table.

import { h } from "./dom.js";
import { current, t } from "./i18n.js";
import { nodeLink } from "./network_data.js";
import { addressLink } from "./statements.js";
import { dataTable } from "./table.js";

export const agencyOf = (key) => key.replace(/^agency\//, "");

/** The link to a statement by its key in a network. */
function statementOf(key) {
  const [, plan, ...address] = key.split("/");
  return addressLink({ plan, address: address.join("/") });
}

function ranking(title, why, rows, value, choice) {
  if (!rows.length) return null;
  const entry = (row) => h("li", {}, choice(row), h("span", { class: "faint" }, ` ${value(row)}`));
  const list = h("ol", { class: "plain" }, rows.slice(0, 6).map(entry));
  return [h("h2", {}, title), list, h("p", { class: "faint" }, why)];
}

/** Who stands out in the part that is shown; `choice` gives the link that chooses a node. */
export function standingOut(network, shown, isWhole, choice) {
  const busiest = [...shown.nodes].sort((a, b) => b.partners - a.partners);
  const nodes = new Map(shown.nodes.map((node) => [node.id, node]));
  // betweenness is measured in the whole network, and would mislead about a part
  const brokers = isWhole ? network.measures.filter((row) => row.brokerage >= 0.005) : [];
  brokers.sort((a, b) => b.brokerage - a.brokerage);
  return [
    ranking(t("busiest"), t("busiest_why")[network.kind], busiest, (node) => node.partners, choice),
    ranking(
      t("broker"),
      t("broker_why"),
      brokers,
      (row) => row.brokerage.toFixed(2),
      (row) => choice(nodes.get(row.agency)),
    ),
    network.measures ? h("p", { class: "faint" }, t("colours")) : null,
  ];
}

/** Whom the chosen agency works with in the part that is shown, and where the plan says so. */
export function partnersOf(chosen, shown, choice) {
  const nodes = new Map(shown.nodes.map((node) => [node.id, node]));
  const links = shown.edges.filter((edge) => edge.source === chosen || edge.target === chosen);
  const partner = (edge) => {
    const other = nodes.get(edge.source === chosen ? edge.target : edge.source);
    return h("li", {}, choice(other), h("span", { class: "addresses" }, edge.statements.map(statementOf)));
  };
  return [
    h("h2", { id: "chosen" }, nodes.get(chosen).name),
    h("p", { class: "tools" }, h("a", { class: "quiet", href: nodeLink(nodes.get(chosen)) }, t("open")), choice(null)),
    h("h3", {}, t("partners")),
    h("ul", { class: "plain partners" }, links.map(partner)),
  ];
}

/** The links that are shown, as a table to read and to take away. */
export function linksTable(network, shown) {
  const nodes = new Map(shown.nodes.map((node) => [node.id, node]));
  const end = (key, label, head) => ({
    key,
    label,
    head,
    value: (edge) => nodes.get(edge[key]).name,
    node: (edge) => h("a", { href: nodeLink(nodes.get(edge[key])) }, nodes.get(edge[key]).name),
  });
  const columns = [
    end("source", t("one_end"), true),
    end("target", t("other_end")),
    { key: "weight", label: t("together"), number: true },
    {
      key: "statements",
      label: t("address"),
      class: "addresses",
      value: (edge) => edge.statements.map((key) => key.replace(/^plan\//, "")),
      node: (edge) => edge.statements.map(statementOf),
    },
  ];
  const relation = (edge) => t("relations")[edge.relation] || edge.relation;
  if (network.kind === "responsibility") columns[2] = { key: "role", label: t("role"), value: (edge) => t(edge.role) };
  if (network.kind === "citation") columns[2] = { key: "relation", label: t("relation"), value: relation };
  const label = t("links_table");
  return h(
    "details",
    { class: "links" },
    h("summary", {}, `${label} (${shown.edges.length})`),
    dataTable({ name: network.kind, label, columns, items: shown.edges }),
  );
}

const MEASURES = ["partners", "joint", "leads", "shares", "coordinates", "brokerage", "fields", "bridging", "cluster"];
const PARTS = new Set(["brokerage", "bridging"]);

/** The agencies that are shown with their measures in the whole network, and what each of these means. */
export function measuresTable(network, shown) {
  const rows = new Map(network.measures.map((row) => [row.agency, row]));
  const said = current() === "vi" ? network.explanations_vi : network.explanations;
  const percent = new Intl.NumberFormat(current(), { style: "percent", maximumFractionDigits: 1 });
  const columns = [
    { key: "agency", label: t("agency"), head: true, value: (node) => node.name },
    ...MEASURES.map((name) => ({
      key: name,
      label: t("measures")[name],
      title: said[name],
      number: true,
      value: (node) => rows.get(node.id)[name],
      node: (node) => (PARTS.has(name) ? percent.format(rows.get(node.id)[name]) : (rows.get(node.id)[name] ?? "")),
    })),
  ];
  columns[0].node = (node) => h("a", { href: nodeLink(node) }, node.name);
  const items = shown.nodes
    .filter((node) => rows.has(node.id))
    .sort((a, b) => rows.get(b.id).joint - rows.get(a.id).joint);
  const label = t("measures_table");
  return h(
    "details",
    { class: "measures" },
    h("summary", {}, `${label} (${items.length})`),
    dataTable({ name: "agencies", label, columns, items }),
    h(
      "dl",
      { class: "facts" },
      MEASURES.map((name) => [h("dt", {}, t("measures")[name]), h("dd", {}, said[name])]),
    ),
  );
}

/** What the service found worth telling of the whole network, of `several` plans or one. */
export function findings(network, several) {
  if (!network.findings?.length) return null;
  const say = (one, name) => one[`${name}_${current()}`];
  const entry = (one) =>
    h(
      "div",
      {},
      h("dt", {}, say(one, "question")),
      h("dd", {}, say(one, "text"), h("span", { class: "faint below" }, say(one, "explanation"))),
    );
  return h(
    "section",
    { class: "findings" },
    h("h2", {}, t(several ? "findings_in_all" : "findings")),
    h("dl", {}, network.findings.map(entry)),
  );
}
