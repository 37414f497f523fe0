// The documents that statements cite, as a table.

import { h, vietnamese } from "./dom.js";
import { allOf } from "./http.js";
import { counted, shownDate, t } from "./i18n.js";
import { documentLink } from "./links.js";
import { dataTable } from "./table.js";

/** What a document is about, where its label does not say it. */
export const about = (document) => (document.title === document.label ? "" : document.title || "");

/** All documents. Gives the title. */
export async function documentsView(main) {
  const items = await allOf("/documents");
  const columns = [
    {
      key: "label",
      label: t("name"),
      head: true,
      node: (document) => [
        h("a", { href: documentLink(document.id), lang: "vi" }, document.label),
        h("span", { class: "faint below", lang: "vi" }, about(document)),
      ],
    },
    { key: "type", label: t("type"), class: "spare", node: (document) => vietnamese(document.type) },
    { key: "issuer", label: t("issuer"), class: "spare", node: (document) => vietnamese(document.issuer || "") },
    { key: "date", label: t("date"), class: "date", node: (document) => shownDate(document.date) },
    { key: "citations", label: t("citations"), number: true },
    { key: "number" },
    { key: "title" },
    { key: "iri" },
  ];
  main.replaceChildren(
    h(
      "section",
      { class: "page wide" },
      h("h1", {}, t("documents")),
      h("p", { class: "lead" }, t("documents_lead")),
      items.length
        ? dataTable({
            name: "documents",
            label: t("documents"),
            columns,
            items,
            count: counted(items.length, "documents"),
          })
        : h("p", { class: "empty" }, t("no_documents")),
    ),
  );
  return t("documents");
}
