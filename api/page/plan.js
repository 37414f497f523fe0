// The plan as a readable outline, with filters; the address in the URL is scrolled to and highlighted.

import { announce, apiOnce, h } from "./dom.js";
import { agencyName, t } from "./i18n.js";
import { statementCard } from "./statements.js";
import { topicName, topics, withBroader } from "./topics.js";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
const ROLES = ["leads", "coordinates", "shares"];

function select(name, label, first, options, chosen, change) {
  return h("label", {}, h("span", { class: "visually-hidden" }, label), h("select", { name, onchange: change }, h("option", { value: "" }, first),
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text))));
}

function outline(plan) {
  return h("nav", { class: "outline", "aria-label": t("outline") }, h("h2", {}, t("outline")), h("ol", {},
    plan.headings.map((heading) => h("li", { class: `depth-${Math.min(heading.address.split(".").length, 4)}` },
      h("a", { href: `#/plan/${encodeURIComponent(plan.id)}/${encodeURIComponent(heading.address)}` }, h("b", {}, heading.label), ` ${heading.title}`)))));
}

function matches(item, filters, all) {
  if (filters.topic && !item.topics.some((topic) => withBroader(all, topic).has(filters.topic))) return false;
  if (filters.document && !item.citations.some((citation) => citation.document === filters.document)) return false;
  if (filters.due && !item.deadlines.length) return false;
  if (filters.kind && item.kind !== filters.kind) return false;
  if (filters.agency || filters.role) {
    const held = item.responsibilities.some((r) => (!filters.agency || r.agency === filters.agency) && (!filters.role || r.role === filters.role));
    if (!held) return false;
  }
  return !filters.text || fold(`${item.address} ${item.text} ${item.heading_path.join(" ")}`).includes(fold(filters.text));
}

function body(plan, filters, all) {
  const items = plan.items.filter((item) => matches(item, filters, all));
  const filtered = items.length < plan.items.length;
  const headings = filtered ? [] : plan.headings;
  const entries = [...headings.map((heading) => ({ heading, start: heading.start })), ...items.map((item) => ({ item, start: item.start }))];
  entries.sort((a, b) => a.start - b.start || (a.heading ? -1 : 1));
  return { count: items.length, nodes: entries.map(({ heading, item }) => (heading
    ? h(heading.address.includes(".") ? "h3" : "h2", { id: `h-${heading.address}`, class: "plan-heading" }, h("span", { class: "address" }, heading.address), ` ${heading.title}`)
    : statementCard(item, { path: filtered }))) };
}

/** The view of one plan. */
export async function planView(main, parameters, path) {
  const { items: plans } = await apiOnce("/plans");
  const id = path[0] || plans[0].id;
  const plan = await apiOnce(`/plans/${encodeURIComponent(id)}`);
  const all = await topics();
  const filters = Object.fromEntries(["text", "agency", "role", "kind", "topic", "document", "due"].map((name) => [name, parameters.get(name) || ""]));

  const agencies = new Map();
  for (const item of plan.items) for (const held of item.responsibilities) agencies.set(held.agency, agencyName(held));
  const documents = new Map();
  for (const item of plan.items) for (const citation of item.citations) documents.set(citation.document, citation.label);
  const used = [...new Set(plan.items.flatMap((item) => item.topics.flatMap((topic) => [...withBroader(all, topic)])))];
  const byName = (one, other) => one[1].localeCompare(other[1], "vi");
  const kinds = [...new Set(plan.items.map((item) => item.kind))];

  const list = h("div", { class: "plan-body" });
  const count = h("span", { class: "faint", "aria-live": "polite" });
  const redraw = () => {
    const drawn = body(plan, filters, all);
    list.replaceChildren(...drawn.nodes);
    count.textContent = `${drawn.count} ${t("shown")}`;
  };
  const set = (name) => (event) => {
    filters[name] = event.target.value;
    const kept = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
    history.replaceState(null, "", `#/plan/${encodeURIComponent(id)}${kept.size ? `?${kept}` : ""}`);
    redraw();
  };
  const bar = h("div", { class: "filters" },
    plans.length > 1 ? select("plan", t("plan"), t("plan"), plans.map((p) => [p.id, p.title]), id, (event) => { if (event.target.value) location.hash = `#/plan/${encodeURIComponent(event.target.value)}`; }) : null,
    h("label", {}, h("span", { class: "visually-hidden" }, t("filter")), h("input", { type: "search", value: filters.text, placeholder: t("filter"), oninput: set("text") })),
    select("agency", t("agencies"), t("all_agencies"), [...agencies].sort((a, b) => a[1].localeCompare(b[1], "vi")), filters.agency, set("agency")),
    select("role", t("all_roles"), t("all_roles"), ROLES.map((role) => [role, t(role)]), filters.role, set("role")),
    select("kind", t("kind"), t("all_kinds"), kinds.map((kind) => [kind, t("kinds")[kind] || kind]), filters.kind, set("kind")),
    select("topic", t("topic"), t("all_topics"), used.map((topic) => [topic, topicName(all, topic)]).sort(byName), filters.topic, set("topic")),
    select("document", t("document"), t("all_documents"), [...documents].sort(byName), filters.document, set("document")),
    select("due", t("due"), t("any_time"), [["1", t("with_deadline")]], filters.due, set("due")), count);
  redraw();
  main.replaceChildren(h("div", { class: "reader" }, outline(plan), h("div", {},
    h("header", { class: "plan-title" }, h("h1", { lang: "vi" }, plan.title), h("p", { class: "faint" }, [plan.year, plan.issuer, plan.number].filter(Boolean).join(" · "))), bar, list)));

  const address = path.slice(1).join("/");
  if (address) {
    const target = document.getElementById(`s-${address}`) || document.getElementById(`h-${address}`);
    if (target) {
      target.scrollIntoView({ block: "start" });
      target.classList.add("flash", "here");
      target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
      announce(address);
    }
  }
}
