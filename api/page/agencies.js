// The agencies as a table, of one plan or of all.

import { agencyKinds, distinctNames, matrix, nameIn, planChoice } from "./corpus.js";
import { h, s, scrolling } from "./dom.js";
import { tableButtons } from "./files.js";
import { allOf } from "./http.js";
import { agencyName, counted, t } from "./i18n.js";
import { agencyLink, viewLink } from "./links.js";
import { ROLES } from "./statements.js";

const sum = (agency) => ROLES.reduce((total, role) => total + agency[role], 0);

/** The agencies with their counts in one plan. */
async function inPlan(agencies, plan) {
  const counts = new Map(agencies.map((agency) => [agency.id, { ...agency, leads: 0, shares: 0, coordinates: 0 }]));
  const tables = await Promise.all(ROLES.map((role) => matrix({ rows: "agency", columns: "plan", role, plan })));
  tables.forEach(({ cells }, at) => {
    for (const cell of cells) counts.get(cell.row)[ROLES[at]] = cell.statements;
  });
  return [...counts.values()].filter(sum);
}

/** A bar of three parts, one a role. */
function bar(agency, most) {
  const svg = s("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" });
  let x = 0;
  for (const role of ROLES) {
    const width = (100 * agency[role]) / most;
    svg.append(s("rect", { x, y: 0, width, height: 8, class: `fill-${role}` }));
    x += width;
  }
  return svg;
}

/** The view, sorted and filtered as the URL says. Gives the title. */
export async function agenciesView(main, parameters) {
  const plan = parameters.get("plan") || "";
  const by = parameters.get("sort") || "sum";
  const [everyone, kinds] = await Promise.all([allOf("/agencies"), agencyKinds()]);
  const items = plan ? await inPlan(everyone, plan) : [...everyone];
  const called = await distinctNames(items, agencyName);
  const figure = by === "sum" ? sum : (agency) => agency[by];
  const byName = (a, b) => called.get(a.id).localeCompare(called.get(b.id), "vi");
  items.sort(by === "name" ? byName : (a, b) => figure(b) - figure(a) || byName(a, b));
  const most = Math.max(1, ...items.map(sum));
  const header = (name, words, numeric) =>
    h(
      "th",
      {
        scope: "col",
        class: numeric ? "number" : null,
        "aria-sort": by === name ? (numeric ? "descending" : "ascending") : null,
      },
      h(
        "a",
        { href: viewLink("agencies", { sort: name, plan }) },
        words,
        by === name ? h("span", { "aria-hidden": "true" }, numeric ? " ▾" : " ▴") : null,
      ),
    );
  const row = (agency) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        h("a", { href: agencyLink(agency.id, { plan }) }, called.get(agency.id)),
        h("span", { class: "kind" }, nameIn(kinds, agency.kind)),
      ),
      ROLES.map((role) => h("td", { class: "number" }, agency[role] || "·")),
      h("td", { class: "number" }, sum(agency)),
      h("td", { class: "bar" }, bar(agency, most)),
    );
  const saved = () =>
    items.map(({ iri, name, name_en, kind, leads, shares, coordinates }) => ({
      iri,
      name,
      name_en,
      kind,
      leads,
      shares,
      coordinates,
    }));
  main.replaceChildren(
    h(
      "section",
      { class: "page wide" },
      h("h1", {}, t("agencies")),
      h("p", { class: "lead" }, t("agencies_lead")),
      await planChoice(plan, (chosen) => {
        location.hash = viewLink("agencies", { sort: parameters.get("sort"), plan: chosen });
      }),
      h(
        "div",
        { class: "tools" },
        h("span", { class: "count" }, counted(items.length, "agencies")),
        tableButtons("agencies", saved),
      ),
      items.length
        ? scrolling(
            t("agencies"),
            h(
              "table",
              { class: "data" },
              h(
                "thead",
                {},
                h(
                  "tr",
                  {},
                  header("name", t("name")),
                  ROLES.map((role) => header(role, t(role), true)),
                  header("sum", t("all_roles_sum"), true),
                  h("td", { class: "bar" }),
                ),
              ),
              h("tbody", {}, items.map(row)),
            ),
          )
        : h("p", { class: "empty" }, t("no_agencies")),
    ),
  );
  return t("agencies");
}
