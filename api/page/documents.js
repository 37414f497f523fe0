// The documents that statements cite, as a table, and each with the statements that cite it.

import { plans } from "./corpus.js";
import { h, scrolling } from "./dom.js";
import { tableButtons } from "./files.js";
import { allOf, api } from "./http.js";
import { counted, shownDate, t } from "./i18n.js";
import { documentLink, viewLink } from "./links.js";
import { references } from "./statements.js";

const about = (document) => (document.title === document.label ? "" : document.title || "");

/** All documents. Gives the title. */
export async function documentsView(main) {
  const items = await allOf("/documents");
  const row = (document) =>
    h(
      "tr",
      { lang: "vi" },
      h(
        "th",
        { scope: "row" },
        h("a", { href: documentLink(document.id) }, document.label),
        h("span", { class: "faint below" }, about(document)),
      ),
      h("td", {}, document.type),
      h("td", {}, document.issuer || ""),
      h("td", { class: "date" }, shownDate(document.date)),
      h("td", { class: "number" }, document.citations),
    );
  const heads = [t("name"), t("type"), t("issuer"), t("date"), t("citations")];
  main.replaceChildren(
    h(
      "section",
      { class: "page" },
      h("h1", {}, t("documents")),
      h("p", { class: "lead" }, t("documents_lead")),
      items.length
        ? [
            h(
              "div",
              { class: "tools" },
              h("span", { class: "count" }, counted(items.length, "documents")),
              tableButtons("documents", () => items),
            ),
            scrolling(
              t("documents"),
              h(
                "table",
                { class: "data" },
                h(
                  "thead",
                  {},
                  h(
                    "tr",
                    {},
                    heads.map((words, at) => h("th", { scope: "col", class: at === 4 ? "number" : null }, words)),
                  ),
                ),
                h("tbody", {}, items.map(row)),
              ),
            ),
          ]
        : h("p", { class: "empty" }, t("no_documents")),
    ),
  );
  return t("documents");
}

/** One document. Gives the title. */
export async function documentView(main, parameters, [id]) {
  const [document, summaries] = await Promise.all([api(`/documents/${encodeURIComponent(id)}`), plans()]);
  const facts = [document.type, document.number, document.issuer, shownDate(document.date)].filter(Boolean).join(" · ");
  const refs = [...new Map(document.statements.map((ref) => [ref.iri, ref])).values()];
  main.replaceChildren(
    h(
      "section",
      { class: "page" },
      h("p", {}, h("a", { href: viewLink("documents") }, `‹ ${t("back_documents")}`)),
      h("h1", { lang: "vi" }, document.label),
      about(document) ? h("p", { class: "lead", lang: "vi" }, about(document)) : null,
      h("p", { class: "faint", lang: "vi" }, facts),
      h(
        "div",
        { class: "tools" },
        tableButtons("document", () => document.statements),
      ),
      h("h2", {}, t("cited_by"), " ", counted(refs.length, "statements")),
      references(refs, summaries),
    ),
  );
  return document.label;
}
