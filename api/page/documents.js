// The documents that statements cite, as a table.

import { h, scrolling } from "./dom.js";
import { tableButtons } from "./files.js";
import { allOf } from "./http.js";
import { counted, shownDate, t } from "./i18n.js";
import { documentLink } from "./links.js";

/** What a document is about, where its label does not say it. */
export const about = (document) => (document.title === document.label ? "" : document.title || "");

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
