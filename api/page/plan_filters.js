// Which statements of a plan are shown: by words, agency, role, kind, topic, document and deadline.

import { nameIn, withBroader } from "./corpus.js";
import { h, select } from "./dom.js";
import { agencyName, shownDate, t } from "./i18n.js";
import { ROLES } from "./statements.js";

export const FILTERS = ["text", "agency", "role", "kind", "topic", "document", "due"];

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();

/** Whether the statement passes; `topics` are those of the corpus. */
export function passes(statement, filters, topics) {
  const { text, agency, role, kind, topic, document, due } = filters;
  if (kind && statement.kind !== kind) return false;
  if (topic && !statement.topics.some((one) => withBroader(topics, one).has(topic))) return false;
  if (document && !statement.citations.some((one) => one.document === document)) return false;
  if (due === "any" && !statement.deadlines.length) return false;
  if (due && due !== "any" && !statement.deadlines.some((one) => one.date && one.date <= due)) return false;
  const holds = (one) => (!agency || one.agency === agency) && (!role || one.role === role);
  if ((agency || role) && !statement.responsibilities.some(holds)) return false;
  return !text || fold([statement.address, statement.text, ...statement.heading_path].join(" ")).includes(fold(text));
}

/** What a plan offers to filter by: [name, label, first option, options]. */
function choices(items, topics) {
  const agencies = new Map();
  const documents = new Map();
  const on = new Set();
  const dates = new Set();
  for (const item of items) {
    for (const one of item.responsibilities) agencies.set(one.agency, agencyName(one));
    for (const one of item.citations) documents.set(one.document, one.label);
    for (const topic of item.topics) withBroader(topics, topic, on);
    for (const one of item.deadlines) if (one.date) dates.add(one.date);
  }
  const byName = (entries) => [...entries].sort((a, b) => a[1].localeCompare(b[1], "vi"));
  const kinds = [...new Set(items.map((item) => item.kind))];
  const days = [...dates].sort().map((date) => [date, t("due_by", { date: shownDate(date) })]);
  return [
    ["agency", t("agency"), t("all_agencies"), byName(agencies)],
    ["role", t("role"), t("all_roles"), ROLES.map((role) => [role, t(role)])],
    ["topic", t("topic"), t("all_topics"), byName([...on].map((topic) => [topic, nameIn(topics, topic)]))],
    ["document", t("document"), t("all_documents"), byName(documents)],
    ["due", t("deadline"), t("any_time"), [["any", t("with_deadline")], ...days]],
    ["kind", t("kind"), t("all_kinds"), kinds.map((kind) => [kind, t("kinds")[kind] || kind])],
  ];
}

/** The controls; `changed` is called after each change of `filters`. */
export function filterBar(items, topics, filters, changed) {
  const set = (name) => (value) => {
    filters[name] = value;
    changed();
  };
  const words = h("input", {
    type: "search",
    name: "text",
    value: filters.text,
    oninput: (event) => set("text")(event.target.value),
  });
  const boxes = choices(items, topics).map(([name, label, first, options]) =>
    select(name, label, [["", first], ...options], filters[name], set(name)),
  );
  return h(
    "div",
    { class: "filters", role: "group", "aria-label": t("filters") },
    h("label", { class: "field" }, h("span", {}, t("filter")), words),
    boxes,
  );
}
