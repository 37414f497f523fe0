// Two plans side by side, as /compare sees them: what was gained, lost and changed, and where they differ.

import { plans, shortTitle } from "./corpus.js";
import { announce, h, select, vietnamese } from "./dom.js";
import { saveButton } from "./files.js";
import { api, withQuery } from "./http.js";
import { agencyName, t } from "./i18n.js";
import { documentLink, viewLink } from "./links.js";
import { ROLES, addressLink, target } from "./statements.js";
import { dataTable } from "./table.js";

const FOLDED = 20;

const quote = (place) => [addressLink(place), " ", vietnamese(place.text)];
const relations = (one) => one.relations.map((name) => t("relations")[name] || name).join(", ");
const change = (one) =>
  `${t("aspects")[one.aspect]}: ${[...one.lost.map((name) => `− ${name}`), ...one.gained.map((name) => `+ ${name}`)].join("; ")}`;

/** A part of the comparison: its tables, each folded when it is long, one alone open; nothing when all are empty. */
function part(title, tables) {
  const filled = tables.filter(({ items }) => items.length);
  if (!filled.length) return null;
  if (tables.length === 1) {
    const [only] = filled;
    return h("section", { class: "compared" }, h("h2", {}, `${title} (${only.items.length})`), dataTable(only));
  }
  const table = ({ heading, ...rest }) =>
    h(
      "details",
      { open: rest.items.length <= FOLDED },
      h("summary", {}, `${heading} (${rest.items.length})`),
      dataTable({ label: `${title}: ${heading}`, ...rest }),
    );
  return h("section", { class: "compared" }, h("h2", {}, title), filled.map(table));
}

const placeColumns = () => [
  { key: "plan" },
  { key: "address", label: t("address"), node: (place) => addressLink(place) },
  { key: "text", label: t("words"), node: (place) => vietnamese(place.text) },
];

const matchColumns = () => [
  { key: "a", label: t("plan_a"), value: (match) => match.a.address, node: (match) => quote(match.a) },
  { key: "b", label: t("plan_b"), value: (match) => match.b.address, node: (match) => quote(match.b) },
  {
    key: "changes",
    label: t("changed"),
    value: (match) => match.changes.map(change),
    node: (match) =>
      match.changes.length
        ? h(
            "ul",
            { class: "plain", lang: "vi" },
            match.changes.map((one) => h("li", {}, change(one))),
          )
        : t("same"),
  },
  { key: "score", label: t("score"), number: true, node: (match) => match.score.toFixed(2) },
];

const agencyColumns = () => [
  { key: "name", label: t("name"), head: true, node: (one) => agencyName(one) },
  ...ROLES.map((role) => ({
    key: role,
    label: t(role),
    number: true,
    value: (one) => one[role].join(" → "),
    node: (one) => [...new Set(one[role])].join(" → "),
  })),
];

const targetColumns = () => [
  { key: "target", label: t("targets"), head: true, value: target, node: (one) => vietnamese(target(one)) },
  { key: "address", label: t("address"), value: (one) => one.place.address, node: (one) => addressLink(one.place) },
];

const citedColumns = () => [
  {
    key: "label",
    label: t("name"),
    head: true,
    node: (one) => h("a", { href: documentLink(one.id), lang: "vi" }, one.label),
  },
  { key: "relations", label: t("relation"), value: relations },
  { key: "addresses", label: t("address") },
];

function contradictionColumns() {
  const says = (side, words) => ({
    key: side,
    label: words,
    value: (one) => `${one[side].address}: ${one[`${side}_says`].join("; ")}`,
    node: (one) => [addressLink(one[side]), " ", vietnamese(one[`${side}_says`].join("; "))],
  });
  return [
    { key: "kind", label: t("what"), value: (one) => t("contradiction_kinds")[one.kind] || one.kind },
    { key: "about", label: t("about"), head: true, node: (one) => vietnamese(one.about) },
    says("a", t("plan_a")),
    says("b", t("plan_b")),
    { key: "same_period", label: t("same_period"), value: (one) => t(one.same_period ? "yes" : "no") },
  ];
}

/** The three tables of what has sides: lost, gained and changed. */
function threeWays(name, found, columns, words) {
  const side = (key, heading) => ({
    key,
    label: heading,
    value: (one) => words(one[key]),
    node: (one) => vietnamese(words(one[key])),
  });
  const changed = words ? [side("a", t("plan_a")), side("b", t("plan_b"))] : columns;
  return [
    { name: `${name}-lost`, heading: t("lost"), columns, items: found.lost },
    { name: `${name}-gained`, heading: t("gained"), columns, items: found.gained },
    { name: `${name}-changed`, heading: t("changed"), columns: changed, items: found.changed },
  ];
}

const sections = (found) => [
  part(t("contradictions"), [
    {
      name: "contradictions",
      label: t("contradictions"),
      columns: contradictionColumns(),
      items: found.contradictions,
    },
  ]),
  part(t("tasks"), [
    { name: "leads-changed", heading: t("leads_changed"), columns: matchColumns(), items: found.leads.changed },
    { name: "tasks-lost", heading: t("lost"), columns: placeColumns(), items: found.tasks.lost },
    { name: "tasks-gained", heading: t("gained"), columns: placeColumns(), items: found.tasks.gained },
    { name: "tasks-matched", heading: t("matched"), columns: matchColumns(), items: found.tasks.matched },
  ]),
  part(t("agencies"), threeWays("agencies", found.agencies, agencyColumns())),
  part(t("targets"), threeWays("targets", found.targets, targetColumns(), target)),
  part(
    t("documents"),
    threeWays(
      "documents",
      found.citations,
      citedColumns(),
      (one) => `${one.label}: ${relations(one)} (${one.addresses.join(", ")})`,
    ),
  ),
];

/** The comparison of the two plans that the URL names, else of the first two. Gives the title. */
export async function compareView(main, parameters) {
  const summaries = await plans();
  const head = [h("h1", {}, t("compare")), h("p", { class: "lead" }, t("compare_lead"))];
  if (summaries.length < 2) {
    main.replaceChildren(h("section", { class: "page" }, head, h("p", { class: "empty" }, t("compare_one"))));
    return t("compare");
  }
  const a = parameters.get("a") || summaries[0].id;
  const b = parameters.get("b") || summaries.find((summary) => summary.id !== a).id;
  const options = summaries.map((summary) => [summary.id, shortTitle(summary)]);
  const go = (change) => {
    location.hash = viewLink("compare", { a, b, ...change });
  };
  const found = await api(withQuery("/compare", { a, b }));
  const figures = [
    [t("matched"), found.tasks.matched.length],
    [t("lost"), found.tasks.lost.length],
    [t("gained"), found.tasks.gained.length],
    [t("leads_changed"), found.leads.changed.length],
    [t("contradictions"), found.contradictions.length],
  ];
  main.replaceChildren(
    h(
      "section",
      { class: "page wide" },
      head,
      h(
        "div",
        { class: "filters pair", role: "group", "aria-label": t("plans") },
        select("a", t("plan_a"), options, a, (id) => go({ a: id })),
        select("b", t("plan_b"), options, b, (id) => go({ b: id })),
      ),
      h(
        "dl",
        { class: "sums" },
        figures.map(([words, number]) => h("div", {}, h("dt", {}, words), h("dd", {}, number))),
      ),
      h(
        "div",
        { class: "tools" },
        saveButton(t("save_json"), "comparison.json", () => JSON.stringify(found, null, 2), "application/json"),
      ),
      sections(found),
    ),
  );
  announce(figures.map(([words, number]) => `${words}: ${number}`).join(", "));
  return t("compare");
}
