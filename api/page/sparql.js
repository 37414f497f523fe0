// The SPARQL tab: a query, its rows, and a few queries to start from.

import { announce, csv, download, h } from "./dom.js";
import { t } from "./i18n.js";

const PREFIXES = `PREFIX kgp: <https://w3id.org/kgplan/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
`;

const START = [
  ["leads", `${PREFIXES}
SELECT ?agency (COUNT(?statement) AS ?leads) WHERE {
  ?a kgp:leads ?statement ; skos:prefLabel ?agency .
  FILTER(LANG(?agency) = "vi")
} GROUP BY ?agency ORDER BY DESC(?leads)`],
  ["network", `${PREFIXES}
SELECT ?one ?other (COUNT(DISTINCT ?statement) AS ?together) WHERE {
  ?a kgp:involvedIn ?statement ; skos:prefLabel ?one .
  ?b kgp:involvedIn ?statement ; skos:prefLabel ?other .
  FILTER(STR(?a) < STR(?b) && LANG(?one) = "vi" && LANG(?other) = "vi")
} GROUP BY ?one ?other ORDER BY DESC(?together) LIMIT 50`],
  ["documents", `${PREFIXES}
SELECT ?number ?address WHERE {
  ?statement kgp:cites ?document ; kgp:address ?address .
  ?document kgp:number ?number .
} ORDER BY ?number`],
];

/** The view: the query comes from the URL, so that it can be shared. */
export async function sparqlView(main, parameters) {
  const area = h("textarea", { id: "query", rows: 12, spellcheck: "false", autocapitalize: "off", "aria-label": "SPARQL" });
  area.value = parameters.get("query") || START[0][1];
  const out = h("div", { class: "output" });
  const run = async () => {
    history.replaceState(null, "", `#/sparql?${new URLSearchParams({ query: area.value })}`);
    out.replaceChildren(h("p", { class: "faint" }, t("working")));
    try {
      out.replaceChildren(...(await rows(area.value)));
    } catch (error) {
      out.replaceChildren(h("p", { class: "problem", role: "alert" }, error.message));
    }
  };
  area.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
  main.replaceChildren(h("section", { class: "page" }, h("h1", {}, "SPARQL"), h("p", { class: "lead" }, t("sparql_lead")),
    h("div", { class: "examples" }, START.map(([name, query]) => h("button", { type: "button", class: "example", onclick: () => { area.value = query; run(); } }, t(name)))),
    area, h("div", { class: "tools" }, h("button", { type: "button", onclick: run }, t("run"))), out));
  if (parameters.get("query")) await run();
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
      h("tbody", {}, found.map((row) => h("tr", {}, names.map((name) => h("td", { lang: row[name]?.["xml:lang"] }, row[name]?.value ?? ""))))))),
    h("div", { class: "tools" }, h("button", { type: "button", class: "quiet", onclick: () => download("rows.csv", csv([names, ...found.map((row) => names.map((name) => row[name]?.value))]), "text/csv") }, t("csv"))),
  ];
}
