// The SPARQL tab: YASGUI's editor on this service's endpoint, the rows, and files to take away, with the competency queries to start from.

import { announce, apiOnce, csv, download, h } from "./dom.js";
import { current, t } from "./i18n.js";

const SCRIPT = "/static/vendor/yasqe/yasqe.min.js";
const STYLE = "/static/vendor/yasqe/yasqe.min.css";
let loaded = null;

/** The editor's own files, which no other view needs. */
function load() {
  loaded ??= new Promise((resolve, reject) => {
    document.head.append(h("link", { rel: "stylesheet", href: STYLE }));
    document.head.append(h("script", { src: SCRIPT, onload: () => resolve(window.Yasqe), onerror: () => { loaded = null; reject(new Error(SCRIPT)); } }));
  });
  return loaded;
}

function menu(queries, choose) {
  return h("label", { class: "queries" }, h("span", {}, `${t("queries")} `), h("select", { name: "example", onchange: (event) => { if (event.target.value) choose(event.target.value); } },
    h("option", { value: "" }, t("choose_query")),
    queries.map((query) => h("option", { value: query.name }, `${query.name}: ${current() === "vi" ? query.question_vi : query.question_en}`))));
}

/** The query with a PREFIX line for each known prefix that it uses and does not declare. */
function declared(query, prefixes) {
  const missing = Object.entries(prefixes).filter(([name]) => new RegExp(`(^|[^\\w-])${name}:`, "m").test(query) && !new RegExp(`prefix\\s+${name}:`, "i").test(query));
  return missing.map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("") + query;
}

/** The view: the query comes from the URL, so that it can be shared. */
export async function sparqlView(main, parameters) {
  const [Yasqe, { items: queries, prefixes }] = await Promise.all([load(), apiOnce("/queries")]);
  const editor = h("div", { class: "editor" });
  const results = h("div", { class: "output" });
  const run = h("button", { type: "button" }, t("run"));
  const yasqe = new Yasqe(editor, {
    persistenceId: null,
    autofocus: false,
    showQueryButton: false,
    createShareableLink: null,
    consumeShareLink: null,
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST", headers: {} },
  });
  yasqe.getInputField().setAttribute("aria-label", "SPARQL");
  const show = (query) => yasqe.setValue(declared(query, prefixes));
  const ask = async () => {
    history.replaceState(null, "", `#/sparql?${new URLSearchParams({ query: yasqe.getValue() })}`);
    results.replaceChildren(h("p", { class: "faint" }, t("working")));
    try {
      results.replaceChildren(...(await rows(yasqe.getValue())));
    } catch (error) {
      results.replaceChildren(h("p", { class: "problem", role: "alert" }, error.message));
      announce(error.message);
    }
  };
  run.addEventListener("click", ask);
  yasqe.addKeyMap({ "Ctrl-Enter": ask, "Cmd-Enter": ask });
  main.replaceChildren(h("section", { class: "page wide" }, h("h1", {}, "SPARQL"), h("p", { class: "lead" }, t("sparql_lead")),
    menu(queries, (name) => { show(queries.find((query) => query.name === name).query); ask(); }), editor, h("div", { class: "tools" }, run), results));
  show(parameters.get("query") || queries[0].query);
  yasqe.refresh();
  if (parameters.get("query")) await ask();
}

/** A term as a reader sees it: what this service describes is a link to its description here. */
function cell(term) {
  if (!term) return "";
  const here = term.type === "uri" && /^https:\/\/w3id\.org\/kgplan(\/id\/.+)$/.exec(term.value);
  return here ? h("a", { href: here[1] }, here[1].replace(/^\/id\//, "")) : term.value;
}

async function rows(query) {
  const response = await fetch("/sparql", {
    method: "POST",
    headers: { "content-type": "application/sparql-query", accept: "application/sparql-results+json, text/turtle;q=0.9" },
    body: query,
  });
  const text = await response.text();
  const type = response.headers.get("content-type") || "";
  if (!response.ok) {
    let detail = text;
    try { detail = JSON.parse(text).detail || text; } catch { /* plain words */ }
    throw new Error(detail);
  }
  if (!type.includes("json")) return [h("pre", { tabindex: "0" }, text)];
  const result = JSON.parse(text);
  if ("boolean" in result) return [h("p", { class: "verdict" }, result.boolean ? t("yes") : t("no"))];
  const names = result.head.vars;
  const found = result.results.bindings;
  announce(`${found.length} ${t("rows")}`);
  return [
    h("p", { class: "faint" }, `${found.length} ${t("rows")}`),
    h("div", { class: "scroll", tabindex: "0" }, h("table", { class: "data" }, h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, found.map((row) => h("tr", {}, names.map((name) => h("td", { lang: row[name]?.["xml:lang"] }, cell(row[name])))))))),
    h("div", { class: "tools" }, h("button", { type: "button", class: "quiet", onclick: () => download("rows.csv", csv([names, ...found.map((row) => names.map((name) => row[name]?.value))]), "text/csv") }, t("csv")),
      h("button", { type: "button", class: "quiet", onclick: () => download("rows.json", text, "application/sparql-results+json") }, t("json"))),
  ];
}
