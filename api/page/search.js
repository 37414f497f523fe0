// Statements found by words, and those of all plans that filters choose.

import { nameIn, planName, plans, topics } from "./corpus.js";
import { announce, h } from "./dom.js";
import { tableButtons } from "./files.js";
import { allOf, api } from "./http.js";
import { counted, t } from "./i18n.js";
import { statementLink, viewLink } from "./links.js";
import { statementCard, statementTable } from "./statements.js";
import { dataTable } from "./table.js";

const HITS = 20;
const FILTERS = ["plan", "agency", "role", "topic", "document", "kind", "section", "before", "after"];

function box(words) {
  const input = h("input", {
    type: "search",
    id: "search-words",
    name: "q",
    value: words,
    autocomplete: "off",
    maxlength: 2000,
    required: true,
  });
  const onsubmit = (event) => {
    event.preventDefault();
    if (input.value.trim()) location.hash = viewLink("search", { q: input.value.trim() });
  };
  return h(
    "form",
    { class: "askbox", role: "search", onsubmit },
    h("label", { for: "search-words", class: "visually-hidden" }, t("search_title")),
    input,
    h("button", { type: "submit" }, t("search")),
  );
}

/** The statements closest to the words of the URL, as a table. Gives the title. */
export async function searchView(main, parameters) {
  const words = parameters.get("q") || "";
  const head = [h("h1", {}, t("search_title")), h("p", { class: "lead" }, t("search_lead")), box(words)];
  if (!words) {
    main.replaceChildren(h("section", { class: "page" }, head));
    document.getElementById("search-words")?.focus({ preventScroll: true });
    return t("search_title");
  }
  const [{ hits }, summaries] = await Promise.all([
    api(`/search?${new URLSearchParams({ q: words, k: HITS })}`),
    plans(),
  ]);
  const languages = new Map(summaries.map((summary) => [summary.id, summary.language]));
  const columns = [
    { key: "plan", label: summaries.length > 1 ? t("plan") : null },
    {
      key: "address",
      label: t("address"),
      node: (hit) => h("a", { class: "address", href: statementLink(hit.plan, hit.address) }, hit.address),
    },
    { key: "kind", label: t("kind"), node: (hit) => t("kinds")[hit.kind] || hit.kind },
    { key: "text", label: t("words"), node: (hit) => h("span", { lang: languages.get(hit.plan) }, hit.text) },
    { key: "score", label: t("score"), number: true, node: (hit) => hit.score.toFixed(2) },
    { key: "iri" },
  ];
  const found = hits.length
    ? dataTable({ name: "search", label: t("search_title"), columns, items: hits })
    : h("p", { class: "empty" }, t("nothing_found"));
  main.replaceChildren(h("section", { class: "page" }, head, found));
  announce(counted(hits.length, "statements"));
  return `${words} · ${t("search_title")}`;
}

/** The statements of all plans that the filters of the URL choose, those of /statements. Gives the title. */
export async function statementsView(main, parameters) {
  const given = new URLSearchParams(FILTERS.map((name) => [name, parameters.get(name)]).filter(([, value]) => value));
  const [items, summaries, all] = await Promise.all([allOf(`/statements?${given}`), plans(), topics()]);
  const words = (name, value) => {
    if (name === "topic") return nameIn(all, value);
    return (name === "kind" ? t("kinds")[value] : name === "role" ? t(value) : value) || value;
  };
  const ofPlan = (summary) => {
    const own = items.filter((item) => item.plan === summary.id);
    if (!own.length) return null;
    return [
      summaries.length > 1 ? h("h2", { class: "plan-name", lang: summary.language }, planName(summary)) : null,
      own.map((item) => statementCard(item, summary, { topics: all })),
    ];
  };
  main.replaceChildren(
    h(
      "section",
      { class: "page" },
      h("h1", {}, t("statements_title")),
      h(
        "p",
        { class: "read" },
        [...given].map(([name, value]) => h("span", { class: "pill" }, words(name, value))),
      ),
      h(
        "div",
        { class: "tools" },
        h("span", { class: "count" }, counted(items.length, "statements")),
        tableButtons("statements", () => statementTable(items)),
      ),
      items.length ? summaries.map(ofPlan) : h("p", { class: "empty" }, t("nothing_left")),
    ),
  );
  return t("statements_title");
}
