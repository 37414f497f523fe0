// YASGUI's editor on this service: it completes from what the graph holds, and asks no other host.

import { rows } from "./http.js";
import { vendored } from "./vendored.js";

const USED = {
  property: "SELECT DISTINCT ?iri WHERE { ?s ?iri ?o } ORDER BY ?iri",
  class: "SELECT DISTINCT ?iri WHERE { ?s a ?iri } ORDER BY ?iri",
};

/** The editor's class, its lists of prefixes, properties and classes replaced by those of the graph. */
async function load(prefixes) {
  const Yasqe = await vendored("Yasqe", "yasqe/yasqe.min.js", "yasqe/yasqe.min.css");
  const known = Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`);
  Yasqe.registerAutocompleter({ ...Yasqe.Autocompleters.prefixes, persistenceId: undefined, get: () => known });
  for (const [name, query] of Object.entries(USED)) {
    const get = async (_, token) => {
      const found = (await rows(query)).map((row) => row.iri);
      return found.filter((iri) => iri.startsWith(token?.autocompletionString || ""));
    };
    Yasqe.registerAutocompleter({ ...Yasqe.Autocompleters[name], get });
  }
  return Yasqe;
}

/** The query with a PREFIX line for each known prefix that it uses and does not declare. */
function declared(query, prefixes) {
  const uses = (name) => new RegExp(`(^|[^\\w-])${name}:`, "m").test(query);
  const declares = (name) => new RegExp(`prefix\\s+${name}:`, "i").test(query);
  const missing = Object.entries(prefixes).filter(([name]) => uses(name) && !declares(name));
  return missing.map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("") + query;
}

/** An editor in `element`; Ctrl + Enter calls `run`. Gives an object that reads and writes the query. */
export async function editor(element, prefixes, run) {
  const Yasqe = await load(prefixes);
  const yasqe = new Yasqe(element, {
    persistenceId: null,
    autofocus: false,
    showQueryButton: false,
    resizeable: false,
    viewportMargin: Infinity,
    createShareableLink: null,
    consumeShareLink: null,
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST", headers: {} },
  });
  yasqe.getInputField().setAttribute("aria-label", "SPARQL");
  yasqe.addKeyMap({ "Ctrl-Enter": run, "Cmd-Enter": run });
  // Tab must lead on from the editor for those who use the keyboard alone
  yasqe.setOption("extraKeys", { ...yasqe.getOption("extraKeys"), Tab: false, "Shift-Tab": false });
  return {
    query: () => yasqe.getValue(),
    put: (query) => yasqe.setValue(declared(query, prefixes)),
    refresh: () => yasqe.refresh(),
  };
}
