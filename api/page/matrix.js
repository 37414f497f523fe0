// Agencies and policy fields: how many statements each agency has on each, and how many of them it leads.

import { distinctNames, matrix, planChoice, plans } from "./corpus.js";
import { h, scrolling } from "./dom.js";
import { tableButtons } from "./files.js";
import { allOf } from "./http.js";
import { agencyName, counted, labelOf, t } from "./i18n.js";
import { agencyLink, planLink, viewLink } from "./links.js";

const key = (row, column) => `${row} ${column}`;

async function counts(plan) {
  const [all, led] = await Promise.all([matrix({ plan }), matrix({ plan, role: "leads" })]);
  const table = ({ cells }) => new Map(cells.map((cell) => [key(cell.row, cell.column), cell.statements]));
  return { rows: all.rows, columns: all.columns, all: table(all), led: table(led) };
}

/** The view. Gives the title. */
export async function matrixView(main, parameters) {
  const plan = parameters.get("plan") || "";
  const withCollectives = parameters.get("collectives") === "1";
  const [found, agencies, summaries] = await Promise.all([counts(plan), allOf("/agencies"), plans()]);
  const called = await distinctNames(agencies, agencyName);
  const collective = new Set(agencies.filter((agency) => agency.collective).map((agency) => agency.id));
  const rows = found.rows.filter((row) => withCollectives || !collective.has(row.id));
  const columns = found.columns.filter((column) => rows.some((row) => found.all.has(key(row.id, column.id))));
  const most = Math.max(
    1,
    ...rows.flatMap((row) => columns.map((column) => found.all.get(key(row.id, column.id)) || 0)),
  );
  // a cell of several plans has no one place to read it in
  const of = plan || (summaries.length === 1 ? summaries[0].id : "");
  const cell = (row, column) => {
    const number = found.all.get(key(row.id, column.id));
    if (!number) return h("td", { class: "cell" });
    const led = found.led.get(key(row.id, column.id)) || 0;
    const words = t("cell", {
      agency: called.get(row.id),
      field: labelOf(column),
      statements: counted(number, "statements"),
      leads: counted(led, "leads"),
    });
    const href = of ? planLink(of, { agency: row.id, topic: column.id }) : agencyLink(row.id);
    return h(
      "td",
      { class: `cell heat-${Math.ceil((4 * number) / most)}` },
      h("a", { href, title: words, "aria-label": words }, led ? `${number}★` : number),
    );
  };
  const table = h(
    "table",
    { class: "data matrix" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, t("agencies")),
        columns.map((column) => h("th", { scope: "col", class: "slanted" }, h("span", {}, labelOf(column)))),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((row) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, h("a", { href: agencyLink(row.id, { plan }) }, called.get(row.id))),
          columns.map((column) => cell(row, column)),
        ),
      ),
    ),
  );
  const saved = () =>
    rows.map((row) => ({
      agency: called.get(row.id),
      ...Object.fromEntries(columns.map((column) => [labelOf(column), found.all.get(key(row.id, column.id)) || 0])),
    }));
  const state = (change) => viewLink("matrix", { plan, collectives: withCollectives ? "1" : "", ...change });
  const box = h("input", {
    type: "checkbox",
    name: "collectives",
    checked: withCollectives,
    onchange: (event) => {
      location.hash = state({ collectives: event.target.checked ? "1" : "" });
    },
  });
  main.replaceChildren(
    h(
      "section",
      { class: "page wide" },
      h("h1", {}, t("matrix")),
      h("p", { class: "lead" }, t("matrix_lead")),
      await planChoice(plan, (chosen) => {
        location.hash = state({ plan: chosen });
      }),
      h(
        "div",
        { class: "tools" },
        h("label", { class: "check" }, box, ` ${t("show_collective")}`),
        tableButtons("matrix", saved),
      ),
      columns.length ? scrolling(t("matrix"), table) : h("p", { class: "empty" }, t("matrix_empty")),
    ),
  );
  return t("matrix");
}
