// One agency: what it leads, shares and coordinates on, by when, with whom, in which fields, under which documents, and
// what became of it.

import { agencyKinds, matrix, nameIn, planChoice, planName, plans } from "./corpus.js";
import { h, roleChip } from "./dom.js";
import { tableButtons } from "./files.js";
import { allOf, api, withQuery } from "./http.js";
import { agencyName, counted, labelOf, shownDate, t } from "./i18n.js";
import { agencyLink, documentLink, planLink, viewLink } from "./links.js";
import { ROLES, addressLink, references } from "./statements.js";
import { changesOf, succession } from "./succession.js";
import { dataTable } from "./table.js";

/** The policy fields of the agency's statements, the fullest first: {id, label_vi, label_en, statements}. */
async function fieldsOf(id, plan) {
  const { columns, cells } = await matrix({ plan });
  const counts = new Map(cells.filter((cell) => cell.row === id).map((cell) => [cell.column, cell.statements]));
  const found = columns.filter((column) => counts.has(column.id));
  return found
    .map((column) => ({ ...column, statements: counts.get(column.id) }))
    .sort((a, b) => b.statements - a.statements);
}

function group(role, refs, summaries) {
  const own = refs.filter((ref) => ref.tie === role);
  if (!own.length) return null;
  return h(
    "section",
    {},
    h("h2", {}, roleChip(role, t(role)), " ", counted(own.length, "statements")),
    references(own, summaries),
  );
}

const figures = (items) =>
  h(
    "ul",
    { class: "plain" },
    items.map(([node, number]) => h("li", {}, node, number ? h("span", { class: "faint" }, ` ${number}`) : null)),
  );

/** With whom the agency works, in how many of the statements and in which. */
function partnersTable(agency, statements) {
  const together = (partner) =>
    statements.filter((one) => one.responsibilities.some((held) => held.agency === partner.id));
  const items = agency.partners
    .map((partner) => ({ ...partner, found: together(partner) }))
    .filter((partner) => partner.found.length)
    .sort((one, other) => other.found.length - one.found.length);
  if (!items.length) return null;
  const columns = [
    {
      key: "agency",
      label: t("agency"),
      head: true,
      value: (partner) => partner.name,
      node: (partner) => h("a", { href: agencyLink(partner.id) }, agencyName(partner)),
    },
    { key: "statements", label: t("together"), number: true, value: (partner) => partner.found.length },
    {
      key: "addresses",
      label: t("address"),
      class: "addresses",
      value: (partner) => partner.found.map((one) => one.address),
      node: (partner) => partner.found.map((one) => addressLink(one)),
    },
  ];
  return [h("h2", {}, t("partners")), dataTable({ name: "partners", label: t("partners"), columns, items })];
}

/** What it must have done, and by when, the earliest first. */
function deadlines(statements) {
  const due = statements.flatMap((one) => one.deadlines.map((deadline) => ({ one, deadline })));
  if (!due.length) return null;
  due.sort((a, b) => (a.deadline.date || "9").localeCompare(b.deadline.date || "9"));
  const entry = ({ one, deadline }) =>
    h(
      "li",
      {},
      addressLink(one),
      " ",
      deadline.date ? h("time", { datetime: deadline.date }, shownDate(deadline.date)) : null,
      h("span", { class: "faint", lang: "vi" }, ` ${deadline.text}`),
    );
  return [h("h2", {}, t("deadlines")), h("ul", { class: "plain deadlines" }, due.map(entry))];
}

/** An agency that no plan gives a role, but of which the registry knows what it came from or became. */
function withoutWork(main, changes) {
  const [{ self }] = changes;
  main.replaceChildren(
    h(
      "section",
      { class: "page" },
      h("p", {}, h("a", { href: viewLink("agencies") }, `‹ ${t("back_agencies")}`)),
      h("h1", { lang: "vi" }, self),
      h("p", { class: "empty" }, t("nothing_held_anywhere")),
      succession(changes),
    ),
  );
  return self;
}

/** The view. Gives the title. */
export async function agencyView(main, parameters, path) {
  const id = path.join("/");
  const plan = parameters.get("plan") || "";
  const asked = api(`/agencies/${path.map(encodeURIComponent).join("/")}`).catch((error) => error);
  const [agency, changes] = await Promise.all([asked, changesOf(id)]);
  if (agency instanceof Error) {
    if (agency.kind !== "missing" || !changes.length) throw agency;
    return withoutWork(main, changes);
  }
  const [all, kinds, fields, statements] = await Promise.all([
    plans(),
    agencyKinds(),
    fieldsOf(id, plan),
    allOf(withQuery("/statements", { agency: id, plan })),
  ]);
  const summaries = plan ? all.filter((summary) => summary.id === plan) : all;
  const refs = agency.statements.filter((ref) => !plan || ref.plan === plan);
  const name = agencyName(agency);
  const otherNames = [name === agency.name ? agency.name_en : agency.name, ...agency.aliases].filter(Boolean);
  const field = (one) => {
    const plansOfAgency = new Set(refs.map((ref) => ref.plan));
    const words = labelOf(one);
    const node =
      plansOfAgency.size === 1
        ? h("a", { href: planLink([...plansOfAgency][0], { agency: id, topic: one.id }) }, words)
        : words;
    return [node, one.statements];
  };
  const saved = () =>
    refs.map(({ plan: of, address, iri, kind, tie, text }) => ({ plan: of, address, iri, kind, role: tie, text }));
  main.replaceChildren(
    h(
      "section",
      { class: "page wide" },
      h("p", {}, h("a", { href: viewLink("agencies", { plan }) }, `‹ ${t("back_agencies")}`)),
      h("h1", {}, name),
      h(
        "p",
        { class: "faint" },
        [nameIn(kinds, agency.kind), otherNames.length ? `${t("also_called")}: ${otherNames.join("; ")}` : ""]
          .filter(Boolean)
          .join(" · "),
      ),
      await planChoice(plan, (chosen) => {
        location.hash = agencyLink(id, { plan: chosen });
      }),
      h(
        "div",
        { class: "tools" },
        h(
          "a",
          {
            class: "quiet",
            href: viewLink("network", { agency: id, plan, collectives: agency.collective ? "1" : "" }),
          },
          t("in_the_network"),
        ),
        summaries.filter((summary) => refs.some((ref) => ref.plan === summary.id)).length === 1
          ? h("a", { class: "quiet", href: planLink(refs[0].plan, { agency: id }) }, t("in_the_plan"))
          : null,
        tableButtons("agency", saved),
      ),
      h(
        "div",
        { class: "two agency" },
        h(
          "div",
          {},
          refs.length
            ? ROLES.map((role) => group(role, refs, summaries))
            : h("p", { class: "empty" }, t("nothing_held")),
          partnersTable(agency, statements),
        ),
        h(
          "aside",
          { class: "panel" },
          deadlines(statements),
          succession(changes),
          fields.length ? [h("h2", {}, t("on_fields")), figures(fields.map(field))] : null,
          agency.documents.length
            ? [
                h("h2", {}, t("under_documents")),
                figures(
                  agency.documents.map((document) => [
                    h("a", { href: documentLink(document.id), lang: "vi" }, document.label),
                  ]),
                ),
              ]
            : null,
        ),
      ),
    ),
  );
  return [name, summaries.length === 1 && all.length > 1 ? planName(summaries[0]) : ""].filter(Boolean).join(" · ");
}
