// Agencies and policy fields: how many statements each agency has on each, and how many of them it leads.

import { apiOnce, csv, download, h } from "./dom.js";
import { agencyName, t } from "./i18n.js";
import { agencyLink } from "./statements.js";
import { topicName, topics, withBroader } from "./topics.js";

/** Counts by agency and field; a field is a topic with nothing broader. */
async function counted(withCollectives) {
  const [{ items: plans }, { items: agencies }, all] = await Promise.all([apiOnce("/plans"), apiOnce("/agencies?limit=200"), topics()]);
  const known = new Map(agencies.filter((agency) => withCollectives || !agency.collective).map((agency) => [agency.id, agency]));
  const cells = new Map();
  for (const summary of plans) {
    const plan = await apiOnce(`/plans/${encodeURIComponent(summary.id)}`);
    for (const item of plan.items) {
      const fields = new Set(item.topics.flatMap((topic) => [...withBroader(all, topic)]).filter((topic) => !all.get(topic)?.broader.length));
      const held = new Map();
      for (const one of item.responsibilities) if (known.has(one.agency) && held.get(one.agency) !== "leads") held.set(one.agency, one.role);
      for (const [agency, role] of held) {
        for (const field of fields) {
          const key = `${agency} ${field}`;
          const cell = cells.get(key) || { agency, field, all: 0, leads: 0, plan: plan.id };
          cell.all += 1;
          if (role === "leads") cell.leads += 1;
          cells.set(key, cell);
        }
      }
    }
  }
  return { known, all, cells };
}

const total = (cells, name, value) => cells.filter((cell) => cell[name] === value).reduce((sum, cell) => sum + cell.all, 0);

/** The view. */
export async function matrixView(main, parameters) {
  const withCollectives = parameters.get("collectives") === "1";
  const { known, all, cells } = await counted(withCollectives);
  const list = [...cells.values()];
  const order = (name) => [...new Set(list.map((cell) => cell[name]))].sort((a, b) => total(list, name, b) - total(list, name, a) || a.localeCompare(b));
  const rows = order("agency");
  const columns = order("field");
  const most = Math.max(1, ...list.map((cell) => cell.all));
  const cellAt = (agency, field) => cells.get(`${agency} ${field}`);
  const square = (agency, field) => {
    const cell = cellAt(agency, field);
    if (!cell) return h("td", { class: "cell" });
    const words = `${agencyName(known.get(agency))} · ${topicName(all, field)}: ${cell.all} ${t("shown")}, ${cell.leads} ${t("leads")}`;
    const link = `#/plan/${encodeURIComponent(cell.plan)}?${new URLSearchParams({ agency, topic: field })}`;
    return h("td", { class: `cell heat-${Math.ceil((4 * cell.all) / most)}` }, h("a", { href: link, title: words, "aria-label": words }, cell.leads ? `${cell.all}*` : String(cell.all)));
  };
  const table = h("table", { class: "data matrix" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("agencies")), columns.map((field) => h("th", { scope: "col", class: "slanted" }, h("span", {}, topicName(all, field)))))),
    h("tbody", {}, rows.map((agency) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: agencyLink(agency) }, agencyName(known.get(agency)))), columns.map((field) => square(agency, field))))));
  const save = () => download("matrix.csv", csv([["agency", ...columns.map((field) => topicName(all, field))], ...rows.map((agency) => [agencyName(known.get(agency)), ...columns.map((field) => cellAt(agency, field)?.all ?? 0)])]), "text/csv");
  main.replaceChildren(h("section", { class: "page wide" }, h("h1", {}, t("matrix")), h("p", { class: "lead" }, t("matrix_lead")),
    h("div", { class: "filters" }, h("label", {}, h("input", { type: "checkbox", checked: withCollectives, onchange: (event) => { location.hash = `#/matrix?collectives=${event.target.checked ? 1 : 0}`; } }), ` ${t("show_collective")}`)),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("matrix") }, table),
    h("div", { class: "tools" }, h("button", { type: "button", class: "quiet", onclick: save }, t("csv")))));
}
