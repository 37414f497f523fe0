// The SPARQL tab: YASGUI's editor on this service's endpoint, the rows, and files to take away, with the competency
// queries to start from.

import { announce, h, scrolling, select } from "./dom.js";
import { saveButton, tableButtons } from "./files.js";
import { apiOnce, request } from "./http.js";
import { counted, current, t } from "./i18n.js";
import { remember, viewLink } from "./links.js";
import { problemBox } from "./problem.js";
import { editor } from "./sparql_editor.js";

const SHOWN = 500;

/** A term as a reader sees it: what this service describes is a link to its description here. */
function cell(term) {
  if (!term) return "";
  const here =
    term.type === "uri" && /^https?:\/\/[^?#]+?(\/id\/(?:plan|agency|document|topic|place)\/.+)$/.exec(term.value);
  return here ? h("a", { href: here[1] }, decodeURIComponent(here[1].replace(/^\/id\//, ""))) : term.value;
}

function rowsTable(result, text) {
  const names = result.head.vars;
  const found = result.results.bindings;
  const saved = () => found.map((row) => Object.fromEntries(names.map((name) => [name, row[name]?.value ?? ""])));
  const line = (row) =>
    h(
      "tr",
      {},
      names.map((name) => h("td", { lang: row[name]?.["xml:lang"] }, cell(row[name]))),
    );
  announce(counted(found.length, "rows"));
  if (!found.length) return [h("p", { class: "empty" }, t("no_rows"))];
  const [save] = tableButtons("rows", saved);
  return [
    h(
      "div",
      { class: "tools" },
      h("span", { class: "count" }, counted(found.length, "rows")),
      save,
      saveButton(t("save_json"), "rows.json", () => text, "application/sparql-results+json"),
    ),
    found.length > SHOWN ? h("p", { class: "faint" }, t("more_rows", { n: SHOWN })) : null,
    scrolling(
      t("results"),
      h(
        "table",
        { class: "data" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            names.map((name) => h("th", { scope: "col" }, name)),
          ),
        ),
        h("tbody", {}, found.slice(0, SHOWN).map(line)),
      ),
    ),
  ];
}

/** What a query gives, as nodes. */
async function results(query) {
  const response = await request("/sparql", {
    method: "POST",
    headers: {
      "content-type": "application/sparql-query",
      accept: "application/sparql-results+json, text/turtle;q=0.9",
    },
    body: query,
  });
  const text = await response.text();
  if (!(response.headers.get("content-type") || "").includes("json")) {
    return [
      h(
        "div",
        { class: "tools" },
        saveButton(t("save_turtle"), "graph.ttl", () => text, "text/turtle"),
      ),
      h("pre", { tabindex: "0" }, text),
    ];
  }
  const result = JSON.parse(text);
  if ("boolean" in result) return [h("p", { class: "verdict" }, result.boolean ? t("yes") : t("no"))];
  return rowsTable(result, text);
}

/** The view: the query comes from the URL, so that it can be shared. Gives the title. */
export async function sparqlView(main, parameters) {
  const { items: queries, prefixes } = await apiOnce("/queries");
  const place = h("div", { class: "editor" });
  const output = h("div", { class: "output" });
  let turn = 0;
  const ask = async () => {
    if (!place.isConnected) return; // another view was chosen meanwhile
    const mine = (turn += 1);
    const query = written.query();
    remember(viewLink("sparql", { query }));
    output.replaceChildren(h("p", { class: "faint" }, t("working")));
    let nodes;
    try {
      nodes = await results(query);
    } catch (error) {
      nodes = [problemBox(error)];
    }
    if (mine === turn) output.replaceChildren(...nodes.filter(Boolean));
  };
  const written = await editor(place, prefixes, ask);
  const worked = queries.map((one) => [one.name, current() === "vi" ? one.question_vi : one.question_en]);
  const menu = select("example", t("queries"), [["", t("choose_query")], ...worked], "", (name) => {
    if (!name) return;
    written.put(queries.find((one) => one.name === name).query);
    ask();
  });
  main.replaceChildren(
    h(
      "section",
      { class: "page wide" },
      h("h1", {}, "SPARQL"),
      h("p", { class: "lead" }, t("sparql_lead")),
      h("div", { class: "queries" }, menu),
      place,
      h("div", { class: "tools" }, h("button", { type: "button", class: "run", onclick: ask }, t("run"))),
      output,
    ),
  );
  written.put(parameters.get("query") || queries[0]?.query || "SELECT * WHERE { ?s ?p ?o } LIMIT 20");
  written.refresh();
  if (parameters.get("query")) await ask();
  return "SPARQL";
}
