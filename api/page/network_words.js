// What stands about the figure of the network: who stands out, whom an agency works with, the links as a table.

import { h, scrolling } from "./dom.js";
import { tableButtons } from "./files.js";
import { current, t } from "./i18n.js";
import { agencyLink, statementLink } from "./links.js";

export const agencyOf = (key) => key.replace(/^agency\//, "");

/** The link to a statement by its key in a network. */
function statementOf(key) {
  const [, plan, ...address] = key.split("/");
  return h("a", { class: "address", href: statementLink(plan, address.join("/")) }, address.join("/"));
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
    ranking(t("busiest"), t("busiest_why"), busiest, (node) => node.partners, choice),
    ranking(
      t("broker"),
      t("broker_why"),
      brokers,
      (row) => row.brokerage.toFixed(2),
      (row) => choice(nodes.get(row.agency)),
    ),
    h("p", { class: "faint" }, t("colours")),
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
    h(
      "p",
      { class: "tools" },
      h("a", { class: "quiet", href: agencyLink(agencyOf(chosen)) }, t("agency_page")),
      choice(null),
    ),
    h("h3", {}, t("partners")),
    h("ul", { class: "plain partners" }, links.map(partner)),
  ];
}

/** The links that are shown, as a table to read and to take away. */
export function linksTable(shown) {
  const labels = new Map(shown.nodes.map((node) => [node.id, node.name]));
  const link = (id) => h("a", { href: agencyLink(agencyOf(id)) }, labels.get(id));
  const row = (edge) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, link(edge.source)),
      h("td", {}, link(edge.target)),
      h("td", { class: "number" }, edge.weight),
      h("td", { class: "addresses" }, edge.statements.map(statementOf)),
    );
  const heads = [t("one_agency"), t("other_agency"), t("together")].map((words) => h("th", { scope: "col" }, words));
  const saved = () =>
    shown.edges.map((edge) => ({
      agency: labels.get(edge.source),
      with: labels.get(edge.target),
      statements: edge.weight,
      addresses: edge.statements.map((key) => key.replace(/^plan\//, "")).join(" "),
    }));
  const table = h(
    "table",
    { class: "data" },
    h("thead", {}, h("tr", {}, heads, h("td", {}))),
    h("tbody", {}, shown.edges.map(row)),
  );
  return h(
    "details",
    { class: "links" },
    h("summary", {}, `${t("links_table")} (${shown.edges.length})`),
    h("div", { class: "tools" }, tableButtons("network", saved)),
    scrolling(t("links_table"), table),
  );
}

/** What the service found worth telling of the whole network. */
export function findings(network) {
  if (!network.findings?.length) return null;
  const say = (one, name) => one[`${name}_${current()}`];
  const entry = (one) =>
    h(
      "div",
      {},
      h("dt", {}, say(one, "question")),
      h("dd", {}, say(one, "text"), h("span", { class: "faint below" }, say(one, "explanation"))),
    );
  return h("section", { class: "findings" }, h("h2", {}, t("findings")), h("dl", {}, network.findings.map(entry)));
}
