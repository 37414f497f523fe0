// One document: who must do what under it, and the statements that cite it.

import { plans, topics } from "./corpus.js";
import { h, roleChip } from "./dom.js";
import { about } from "./documents.js";
import { allOf, api, withQuery } from "./http.js";
import { agencyName, counted, shownDate, t } from "./i18n.js";
import { agencyLink, viewLink } from "./links.js";
import { addressLink, held, statementCard, underPlans } from "./statements.js";
import { dataTable } from "./table.js";

/** One line for each agency in a role where the document is cited, with the ways in which it is cited there. */
function dutiesUnder(document, statements) {
  const ties = (one) =>
    document.statements.filter((ref) => ref.plan === one.plan && ref.address === one.address).map((ref) => ref.tie);
  return statements.flatMap((one) =>
    held(one).map((duty) => ({ ...duty, plan: one.plan, address: one.address, text: one.text, ties: ties(one) })),
  );
}

/** The view. Gives the title. */
export async function documentView(main, parameters, [id]) {
  const [document, statements, summaries, all] = await Promise.all([
    api(`/documents/${encodeURIComponent(id)}`),
    allOf(withQuery("/statements", { document: id })),
    plans(),
    topics(),
  ]);
  const facts = [document.type, document.number, document.issuer, shownDate(document.date)].filter(Boolean).join(" · ");
  const items = dutiesUnder(document, statements);
  const columns = [
    { key: "role", label: t("role"), node: (one) => roleChip(one.role, t(one.role)) },
    {
      key: "name",
      label: t("agency"),
      head: true,
      node: (one) => h("a", { href: agencyLink(one.agency) }, agencyName(one)),
    },
    { key: "plan", label: summaries.length > 1 ? t("plan") : null },
    { key: "address", label: t("address"), node: (one) => addressLink(one) },
    { key: "ties", label: t("relation"), node: (one) => one.ties.map((tie) => t("relations")[tie] || tie).join(", ") },
    { key: "text" },
  ];
  const cards = (own, summary) => own.map((one) => statementCard(one, summary, { topics: all }));
  main.replaceChildren(
    h(
      "section",
      { class: "page" },
      h("p", {}, h("a", { href: viewLink("documents") }, `‹ ${t("back_documents")}`)),
      h("h1", { lang: "vi" }, document.label),
      about(document) ? h("p", { class: "lead", lang: "vi" }, about(document)) : null,
      h("p", { class: "faint", lang: "vi" }, facts),
      h("h2", {}, t("who_does")),
      items.length
        ? dataTable({ name: "document", label: t("who_does"), columns, items })
        : h("p", { class: "empty" }, t("nobody_named")),
      h("h2", {}, t("cited_by"), " ", counted(statements.length, "statements")),
      underPlans(statements, summaries, cards),
    ),
  );
  return document.label;
}
