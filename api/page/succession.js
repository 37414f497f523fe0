// What an agency was before and what became of it, as the registry's events tell.

import { h } from "./dom.js";
import { rows } from "./http.js";
import { shownDate, t } from "./i18n.js";
import { agencyLink, idIn } from "./links.js";

const query = (id) => `SELECT DISTINCT ?way ?self ?other ?name ?kind ?date ?act WHERE {
  ?this dcterms:identifier ${JSON.stringify(id)} ; skos:prefLabel ?self FILTER(LANG(?self) = "vi")
  { ?event org:originalOrganization ?this ; org:resultingOrganization ?other . BIND("later" AS ?way) }
  UNION { ?event org:resultingOrganization ?this ; org:originalOrganization ?other . BIND("earlier" AS ?way) }
  FILTER(?other != ?this)
  ?event kgp:changeKind ?kind ; dcterms:date ?date .
  OPTIONAL { ?event dcterms:references/kgp:number ?act }
  ?other skos:prefLabel ?name FILTER(LANG(?name) = "vi")
} ORDER BY ?date ?name`;

/** The changes of an agency; each has the agency's own name as `self`. */
export const changesOf = (id) => rows(query(id));

/** The agencies that came later and those before, each with its event; nothing when no change is known. */
export function succession(changes) {
  const entry = (change) =>
    h(
      "li",
      {},
      h("a", { href: agencyLink(idIn(change.other, "agency")), lang: "vi" }, change.name),
      h(
        "span",
        { class: "faint" },
        ` ${[t("changes")[change.kind] || change.kind, change.act, shownDate(change.date)].filter(Boolean).join(", ")}`,
      ),
    );
  const part = (way, title) => {
    const found = changes.filter((change) => change.way === way);
    return found.length ? [h("h2", {}, title), h("ul", { class: "plain changes" }, found.map(entry))] : null;
  };
  return [part("later", t("became")), part("earlier", t("in_place_of"))];
}
