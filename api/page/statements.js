// A statement as readers see it: address, headings, the plan's own words with agencies marked, and who does what.

import { h, marked, roleChip } from "./dom.js";
import { agencyName, t } from "./i18n.js";

export const agencyLink = (id) => `#/agency/${id.split("/").map(encodeURIComponent).join("/")}`;
export const statementLink = (plan, address) => `#/plan/${encodeURIComponent(plan)}/${encodeURIComponent(address)}`;

const ORDER = { leads: 0, shares: 1, coordinates: 2 };

/** Agencies of a statement in their roles, each once. */
function who(statement) {
  const seen = new Map();
  for (const held of statement.responsibilities) {
    const key = `${held.role} ${held.agency}`;
    if (!seen.has(key)) seen.set(key, held);
  }
  const held = [...seen.values()].sort((a, b) => ORDER[a.role] - ORDER[b.role]);
  if (!held.length) return null;
  return h("ul", { class: "who" }, held.map((item) => h("li", {},
    roleChip(item.role, t(item.role)),
    h("a", { href: agencyLink(item.agency), title: item.inherited ? `${t("heading_agency")} ${item.inherited}` : null }, agencyName(item)),
    item.inherited && h("span", { class: "faint" }, ` · ${t("heading_agency")}`))));
}

function facts(statement) {
  const rows = [];
  const documents = new Map(statement.citations.map((citation) => [citation.document, citation.label]));
  if (documents.size) rows.push([t("cites"), [...documents.values()].join("; ")]);
  if (statement.targets.length) rows.push([t("targets"), statement.targets.map((target) => `${target.name} ${target.comparator} ${target.value} ${target.unit}`.trim()).join("; ")]);
  if (statement.deadlines.length) rows.push([t("due"), statement.deadlines.map((due) => due.text).join("; ")]);
  return rows.length ? h("dl", { class: "facts" }, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])) : null;
}

/** One statement; `evidence` draws it as the sentence an answer rests on. */
export function statementCard(statement, { evidence = false, path = true } = {}) {
  const within = (item) => item.start >= statement.start && item.end <= statement.end;
  const shift = (item, extra) => ({ start: item.start - statement.start, end: item.end - statement.start, ...extra });
  const marks = [
    ...statement.responsibilities.filter(within).map((held) => shift(held, { class: `role-${held.role}`, title: t(held.role) })),
    ...statement.citations.filter(within).map((citation) => shift(citation, { class: "cited", title: t("cites") })),
    ...statement.deadlines.filter(within).map((due) => shift(due, { class: "due", title: t("due") })),
  ];
  return h("article", { class: evidence ? "statement evidence" : "statement", id: `s-${statement.address}` },
    h("header", {},
      h("a", { class: "address", href: statementLink(statement.plan, statement.address), title: t("full") }, statement.address),
      h("span", { class: "kind" }, t("kinds")[statement.kind] || statement.kind)),
    path && statement.heading_path.length ? h("p", { class: "path" }, statement.heading_path.join(" › ")) : null,
    h("blockquote", { lang: "vi" }, marked(statement.text, marks)),
    who(statement), facts(statement));
}
