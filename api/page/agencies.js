// The agencies as a table, and a page for each.

import { api, apiOnce, csv, download, h, roleChip } from "./dom.js";
import { agencyName, t } from "./i18n.js";
import { agencyLink, statementLink } from "./statements.js";

const ROLES = ["leads", "shares", "coordinates"];
const PAGE = 200;

async function all() {
  const items = [];
  for (;;) {
    const page = await apiOnce(`/agencies?limit=${PAGE}&offset=${items.length}`);
    items.push(...page.items);
    if (!page.items.length || items.length >= page.total) return items;
  }
}

/** All agencies, sortable by role. */
export async function agenciesView(main, parameters) {
  const items = await all();
  const by = parameters.get("sort") || "sum";
  const figure = (agency, name) => (name === "sum" ? agency.leads + agency.shares + agency.coordinates : agency[name]);
  if (by === "name") items.sort((a, b) => agencyName(a).localeCompare(agencyName(b), "vi"));
  else items.sort((a, b) => figure(b, by) - figure(a, by) || agencyName(a).localeCompare(agencyName(b), "vi"));
  const most = Math.max(1, ...items.map((agency) => figure(agency, "sum")));
  const header = (name, text, numeric) => h("th", { scope: "col", class: numeric ? "number" : null, "aria-sort": by === name ? (numeric ? "descending" : "ascending") : null },
    h("a", { href: `#/agencies?sort=${name}` }, text));
  const rows = items.map((agency) => h("tr", {},
    h("th", { scope: "row" }, h("a", { href: agencyLink(agency.id) }, agencyName(agency)), agency.collective ? h("span", { class: "pill" }, t("collective")) : null),
    ROLES.map((role) => h("td", { class: "number" }, agency[role] || "·")),
    h("td", { class: "bar" }, bar(agency, most))));
  main.replaceChildren(h("section", { class: "page" }, h("h1", {}, t("agencies")), h("p", { class: "lead" }, t("people")),
    h("div", { class: "scroll", tabindex: "0" }, h("table", { class: "data" }, h("thead", {}, h("tr", {}, header("name", t("name")), ROLES.map((role) => header(role, t(role), true)), header("sum", t("sum"), true))), h("tbody", {}, rows))),
    h("div", { class: "tools" }, h("button", { type: "button", class: "quiet", onclick: () => download("agencies.csv",
      csv([["iri", "name", "name_en", "leads", "shares", "coordinates"], ...items.map((a) => [a.iri, a.name, a.name_en, a.leads, a.shares, a.coordinates])]), "text/csv") }, t("csv")))));
}

/** A bar of three parts, one a role. */
function bar(agency, most) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 100 8");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", String(agency.leads + agency.shares + agency.coordinates));
  let x = 0;
  for (const role of ROLES) {
    const width = (100 * agency[role]) / most;
    const part = document.createElementNS(space, "rect");
    for (const [key, value] of Object.entries({ x, y: 0, width, height: 8, class: `fill-${role}` })) part.setAttribute(key, value);
    svg.append(part);
    x += width;
  }
  return svg;
}

/** One agency: what it leads, shares and coordinates on, with whom, under which documents. */
export async function agencyView(main, parameters, path) {
  const agency = await api(`/agencies/${path.map(encodeURIComponent).join("/")}`);
  const group = (role) => {
    const refs = agency.statements.filter((ref) => ref.tie === role);
    return refs.length ? h("section", {}, h("h2", {}, roleChip(role, t(role)), ` ${refs.length}`), h("ul", { class: "refs" }, refs.map((ref) => h("li", {},
      h("a", { class: "address", href: statementLink(ref.plan, ref.address) }, ref.address), h("span", { lang: "vi" }, ref.text))))) : null;
  };
  main.replaceChildren(h("section", { class: "page" },
    h("p", {}, h("a", { href: "#/agencies" }, `‹ ${t("back")}`)),
    h("h1", {}, agencyName(agency)),
    h("p", { class: "faint" }, [agency.name_en && agencyName(agency) !== agency.name ? agency.name : agency.name_en, ...agency.aliases].filter(Boolean).join(" · ")),
    h("div", { class: "two" }, h("div", {}, ROLES.map(group)), h("aside", { class: "panel" },
      agency.partners.length ? [h("h2", {}, t("partners")), h("ul", { class: "plain" }, agency.partners.map((partner) => h("li", {}, h("a", { href: agencyLink(partner.id) }, agencyName(partner)), h("span", { class: "faint" }, ` ${partner.statements}`))))] : null,
      agency.documents.length ? [h("h2", {}, t("documents")), h("ul", { class: "plain" }, agency.documents.map((document) => h("li", { lang: "vi" }, document.label)))] : null))));
}
