// The coordination network: its filters, the figure and what stands about it.

import { agencyKinds, named, planChoice, topics } from "./corpus.js";
import { announce, h, select } from "./dom.js";
import { download } from "./files.js";
import { draw } from "./graph.js";
import { counted, t } from "./i18n.js";
import { remember, viewLink } from "./links.js";
import { part, whole } from "./network_data.js";
import { agencyOf, findings, linksTable, partnersOf, standingOut } from "./network_words.js";
import { problemBox } from "./problem.js";
import { ROLES } from "./statements.js";

function filtersIn(parameters) {
  const text = (name) => parameters.get(name) || "";
  return {
    plan: text("plan"),
    role: ROLES.includes(text("role")) ? text("role") : "",
    kind: text("kind"),
    topic: text("topic"),
    weight: Math.max(1, Number(text("weight")) || 1),
    collectives: text("collectives") === "1",
  };
}

/** The URL of the network under filters, with an agency chosen or none. */
const linkTo = (filters, chosen) =>
  viewLink("network", {
    ...filters,
    weight: filters.weight > 1 ? filters.weight : "",
    collectives: filters.collectives ? "1" : "",
    agency: chosen ? agencyOf(chosen) : "",
  });

/** The controls; `changed` is called after a change that needs no other data, the others lead to another URL. */
function controls(heaviest, filters, lists, changed) {
  const set = (name) => (value) => {
    filters[name] = value;
    changed();
  };
  const figure = h("output", {}, String(filters.weight));
  const slide = (event) => {
    figure.textContent = event.target.value;
    set("weight")(Number(event.target.value));
  };
  const weight = h("input", {
    type: "range",
    name: "weight",
    min: 1,
    max: heaviest,
    value: filters.weight,
    oninput: slide,
  });
  const toggle = (event) => {
    location.hash = linkTo({ ...filters, collectives: event.target.checked });
  };
  const collectives = h("input", {
    type: "checkbox",
    name: "collectives",
    checked: filters.collectives,
    onchange: toggle,
  });
  const roles = ROLES.map((role) => [role, t("one_in_role", { role: t(role) })]);
  return h(
    "div",
    { class: "filters", role: "group", "aria-label": t("filters") },
    select("role", t("role"), [["", t("all_roles")], ...roles], filters.role, set("role")),
    select("kind", t("kind_of_agency"), [["", t("all_kinds")], ...lists.kinds], filters.kind, set("kind")),
    select("topic", t("topic"), [["", t("all_topics")], ...lists.topics], filters.topic, set("topic")),
    h("label", { class: "field" }, h("span", {}, t("min_weight")), h("span", { class: "range" }, weight, figure)),
    h("label", { class: "check" }, collectives, ` ${t("show_collective")}`),
  );
}

/** The buttons under the figure; `graph` gives the figure that is drawn. */
function figureButtons(graph, collectives) {
  const button = (words, action, label) =>
    h(
      "button",
      { type: "button", class: "quiet", "aria-label": label, onclick: () => graph() && action(graph()) },
      words,
    );
  const file = (form, words) =>
    h(
      "a",
      { class: "quiet", href: `/network?format=${form}&collectives=${collectives}`, download: `network.${form}` },
      words,
    );
  return h(
    "div",
    { class: "tools" },
    button("+", (it) => it.zoom(1.3), t("zoom_in")),
    button("−", (it) => it.zoom(1 / 1.3), t("zoom_out")),
    button(t("fit"), (it) => it.fit()),
    button(t("save_png"), (it) => download("network.png", it.png())),
    button(t("save_svg"), (it) => download("network.svg", it.svg(), "image/svg+xml")),
    file("graphml", "GraphML"),
    file("gexf", "GEXF"),
  );
}

/** The view, with its filters and the chosen agency in the URL. Gives the title. */
export async function networkView(main, parameters) {
  const filters = filtersIn(parameters);
  const [network, all, kinds] = await Promise.all([whole(filters.collectives), topics(), agencyKinds()]);
  const groups = new Map(network.measures.map((row) => [row.agency, row.cluster]));
  let chosen = parameters.get("agency") ? `agency/${parameters.get("agency")}` : null;
  let [shown, graph, turn] = [{ nodes: [], edges: [] }, null, 0];

  const stage = h("div", { class: "stage" });
  const figure = h("div", { class: "figure", role: "img" }, stage);
  const aside = h("aside", { class: "panel" });
  const table = h("div", {});
  const count = h("span", { class: "count", "aria-live": "polite" });
  const find = h("div", { class: "find" });

  const choose = (id) => {
    chosen = id;
    remember(linkTo(filters, chosen));
    graph?.choose(id);
    const there = shown.nodes.some((node) => node.id === id);
    const isWhole = !filters.plan && !filters.role && !filters.kind && !filters.topic && filters.weight === 1;
    const nodes = there ? partnersOf(id, shown, choice) : standingOut(network, shown, isWhole, choice);
    aside.replaceChildren(...nodes.flat().filter(Boolean));
    const box = find.querySelector("select");
    if (box) box.value = there ? id : "";
  };
  const choice = (node) => {
    const onclick = (event) => {
      event.preventDefault();
      choose(node ? node.id : null);
      announce(node ? node.name : t("unselect"));
    };
    return h(
      "a",
      { href: linkTo(filters, node?.id), class: node ? null : "quiet", onclick },
      node ? node.name : t("unselect"),
    );
  };
  const redraw = async () => {
    const mine = (turn += 1);
    const now = await part(network, { ...filters, topicIri: all.get(filters.topic)?.iri });
    // another filter may have been chosen meanwhile, or another view
    const passed = () => mine !== turn || !stage.isConnected;
    if (passed()) return;
    shown = now;
    const what = `${counted(shown.nodes.length, "agencies")}, ${counted(shown.edges.length, "links")}`;
    count.textContent = what;
    figure.setAttribute("aria-label", t("network_figure", { what }));
    const byName = shown.nodes.map((node) => [node.id, node.name]).sort((a, b) => a[1].localeCompare(b[1], "vi"));
    const options = [["", t("choose_agency")], ...byName];
    find.replaceChildren(select("agency", t("find_agency"), options, chosen, (id) => choose(id || null)));
    table.replaceChildren(linksTable(shown));
    graph?.end();
    graph = null;
    stage.replaceChildren();
    if (!shown.nodes.length) stage.append(h("p", { class: "empty" }, t("network_empty")));
    else graph = await draw(stage, shown, groups, choose, () => !passed());
    if (passed()) return;
    stage.dataset.links = shown.edges.length;
    choose(chosen);
  };
  const changed = () => {
    remember(linkTo(filters, chosen));
    redraw().catch((error) => stage.replaceChildren(problemBox(error)));
  };
  const heaviest = Math.max(1, ...network.edges.map((edge) => edge.weight));
  const lists = {
    kinds: named(kinds, new Set(network.nodes.map((node) => node.kind))),
    topics: named(all, all.keys()),
  };
  const plan = await planChoice(filters.plan, (id) => {
    location.hash = linkTo({ ...filters, plan: id }, chosen);
  });
  main.replaceChildren(
    h(
      "section",
      { class: "page wide" },
      h("h1", {}, t("network")),
      h("p", { class: "lead" }, t("network_lead")),
      plan,
      controls(heaviest, filters, lists, changed),
      h("div", { class: "tools" }, count, find),
      h(
        "div",
        { class: "with-side" },
        h(
          "div",
          {},
          figure,
          figureButtons(() => graph, filters.collectives),
          h("p", { class: "faint" }, t("network_keys")),
        ),
        aside,
      ),
      table,
      findings(network),
    ),
  );
  await redraw();
  return t("network");
}
