// The networks: their filters, the figure and what stands about it.

import { agencyKinds, named, planChoice, topics } from "./corpus.js";
import { announce, h, roleChip, select } from "./dom.js";
import { download } from "./files.js";
import { draw } from "./graph.js";
import { withQuery } from "./http.js";
import { counted, t } from "./i18n.js";
import { remember, viewLink } from "./links.js";
import { NETWORKS, hasRoles, hasWeights, nodeLink, part, whole } from "./network_data.js";
import { agencyOf, findings, linksTable, measuresTable, partnersOf, standingOut } from "./network_words.js";
import { pngOf, svgOf } from "./picture.js";
import { problemBox } from "./problem.js";
import { ROLES } from "./statements.js";

function filtersIn(parameters) {
  const text = (name) => parameters.get(name) || "";
  return {
    network: NETWORKS.includes(text("network")) ? text("network") : "coordination",
    plan: text("plan"),
    role: ROLES.includes(text("role")) ? text("role") : "",
    kind: text("kind"),
    topic: text("topic"),
    weight: Math.max(1, Number(text("weight")) || 1),
    collectives: text("collectives") === "1",
    alone: text("alone") === "1",
  };
}

/** The URL of the network under filters, with an agency chosen or none. */
const linkTo = (filters, chosen) =>
  viewLink("network", {
    ...filters,
    network: filters.network === "coordination" ? "" : filters.network,
    alone: filters.alone ? "1" : "",
    weight: filters.weight > 1 ? filters.weight : "",
    collectives: filters.collectives ? "1" : "",
    agency: chosen?.startsWith("agency/") ? agencyOf(chosen) : "",
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
  const tick = (name, words, change) =>
    h(
      "label",
      { class: "check" },
      h("input", {
        type: "checkbox",
        name,
        checked: filters[name],
        onchange: (event) => change(event.target.checked),
      }),
      ` ${words}`,
    );
  // these need other data
  const leave = (name) => (value) => {
    location.hash = linkTo({ ...filters, [name]: value });
  };
  const networks = NETWORKS.map((name) => [name, t("networks")[name]]);
  const roles = ROLES.map((role) => [role, t("one_in_role", { role: t(role) })]);
  return h(
    "div",
    { class: "filters", role: "group", "aria-label": t("filters") },
    select("network", t("network"), networks, filters.network, leave("network")),
    hasRoles(filters.network) && select("role", t("role"), [["", t("all_roles")], ...roles], filters.role, set("role")),
    hasRoles(filters.network) &&
      select("kind", t("kind_of_agency"), [["", t("all_kinds")], ...lists.kinds], filters.kind, set("kind")),
    select("topic", t("topic"), [["", t("all_topics")], ...lists.topics], filters.topic, set("topic")),
    hasWeights(filters.network) &&
      h("label", { class: "field" }, h("span", {}, t("min_weight")), h("span", { class: "range" }, weight, figure)),
    hasRoles(filters.network) && tick("collectives", t("show_collective"), leave("collectives")),
    hasWeights(filters.network) && tick("alone", t("show_alone"), set("alone")),
  );
}

/** The buttons under the figure; `graph` gives the figure that is drawn. */
function figureButtons(graph, titles, { network, collectives }) {
  const button = (words, action, label) =>
    h(
      "button",
      { type: "button", class: "quiet", "aria-label": label, onclick: () => graph() && action(graph()) },
      words,
    );
  const file = (form, words) =>
    h(
      "a",
      {
        class: "quiet",
        href: withQuery("/network", { kind: network, format: form, collectives: String(collectives) }),
        download: `${network}.${form}`,
      },
      words,
    );
  return h(
    "div",
    { class: "tools" },
    button("+", (it) => it.zoom(1.3), t("zoom_in")),
    button("−", (it) => it.zoom(1 / 1.3), t("zoom_out")),
    button(t("fit"), (it) => it.fit()),
    button(t("save_png"), async (it) => download(`${network}.png`, await pngOf(it, titles()))),
    button(t("save_svg"), (it) => download(`${network}.svg`, svgOf(it, titles()), "image/svg+xml")),
    file("graphml", "GraphML"),
    file("gexf", "GEXF"),
  );
}

/** The view, with its filters and the chosen agency in the URL. Gives the title. */
export async function networkView(main, parameters) {
  const filters = filtersIn(parameters);
  const [network, all, kinds] = await Promise.all([
    whole(filters.collectives, filters.network),
    topics(),
    agencyKinds(),
  ]);
  const found = await whole(false);
  const groups = new Map((network.measures || []).map((row) => [row.agency, row.cluster]));
  let chosen = parameters.get("agency") ? `agency/${parameters.get("agency")}` : null;
  let [shown, graph, turn] = [{ nodes: [], edges: [] }, null, 0];

  const stage = h("div", { class: "stage", tabindex: "0", role: "application", "aria-describedby": "network-keys" });
  const figure = h("div", { class: "figure" }, stage);
  const aside = h("aside", { class: "panel" });
  const table = h("div", {});
  const count = h("span", { class: "count", "aria-live": "polite" });
  const find = h("div", { class: "find" });

  const choose = (id) => {
    chosen = id;
    remember(linkTo(filters, chosen));
    graph?.choose(id);
    const there = shown.nodes.some((node) => node.id === id);
    const unfiltered = !filters.plan && !filters.role && !filters.kind && !filters.topic && filters.weight === 1;
    const isWhole = unfiltered && filters.network === "coordination";
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
  const nodeOf = (id) => shown.nodes.find((node) => node.id === id);
  const told = {
    open(id) {
      location.hash = nodeLink(nodeOf(id));
    },
    chose(id) {
      choose(id);
      announce(id ? `${nodeOf(id).name}: ${counted(nodeOf(id).partners, "links")}` : t("unselect"));
    },
  };
  const redraw = async () => {
    const mine = (turn += 1);
    const now = await part(network, { ...filters, topicIri: all.get(filters.topic)?.iri });
    // another filter may have been chosen meanwhile, or another view
    const passed = () => mine !== turn || !stage.isConnected;
    if (passed()) return;
    shown = now;
    const points = filters.network === "coordination" ? "agencies" : "points";
    const what = `${counted(shown.nodes.length, points)}, ${counted(shown.edges.length, "links")}`;
    count.textContent = what;
    stage.setAttribute("aria-label", t("network_figure", { what }));
    const byName = shown.nodes.map((node) => [node.id, node.name]).sort((a, b) => a[1].localeCompare(b[1], "vi"));
    const options = [["", t("choose_point")], ...byName];
    find.replaceChildren(select("agency", t("find_point"), options, chosen, (id) => choose(id || null)));
    const tables = [linksTable(network, shown), network.measures && measuresTable(network, shown)];
    table.replaceChildren(...tables.filter(Boolean));
    graph?.end();
    graph = null;
    stage.replaceChildren();
    if (!shown.nodes.length) stage.append(h("p", { class: "empty" }, t("network_empty")));
    else graph = await draw(stage, shown, groups, () => !passed(), told);
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
    kinds: named(kinds, new Set(network.nodes.filter((node) => node.type === "agency").map((node) => node.kind))),
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
      h("p", { class: "lead" }, t("networks_lead")[filters.network]),
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
          figureButtons(
            () => graph,
            () => new Map(shown.nodes.map((node) => [node.id, node.name])),
            filters,
          ),
          filters.network === "responsibility"
            ? h(
                "p",
                {},
                ROLES.map((role) => [roleChip(role, t(role)), " "]),
              )
            : null,
          h("p", { class: "faint", id: "network-keys" }, t("network_keys")),
        ),
        aside,
      ),
      table,
      findings(found, Boolean(plan)),
    ),
  );
  await redraw();
  return t("network");
}
