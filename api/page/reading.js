// How a question was understood: chips that can be taken away, close alternatives, and the form that puts it right.

import { agencyKinds, distinctNames, nameIn, plans, shortTitle, topics } from "./corpus.js";
import { h, select } from "./dom.js";
import { allOf } from "./http.js";
import { agencyName, current, labelOf, shownDate, t } from "./i18n.js";
import { askLink } from "./links.js";
import { ROLES } from "./statements.js";

const FIXED = ["intent", "role", "agency", "document", "topic"];
const SAID_ELSEWHERE = new Set([...FIXED, "agencies", "documents", "parts"]);

/** What the URL says of the interpretation; nothing when it says nothing that can be read. */
export function givenIn(parameters) {
  try {
    const given = JSON.parse(parameters.get("as") || "{}");
    return given && typeof given === "object" && !Array.isArray(given) ? given : {};
  } catch {
    return {};
  }
}

/** Names of what an interpretation may hold, by IRI, and the lists to choose from. */
async function names() {
  const [agencies, documents, all, kinds, summaries] = await Promise.all([
    allOf("/agencies"),
    allOf("/documents"),
    topics(),
    agencyKinds(),
    plans(),
  ]);
  const called = await distinctNames(agencies, agencyName);
  const byName = (one, other) => one[1].localeCompare(other[1], "vi");
  return {
    agencies: agencies.map((agency) => [agency.iri, called.get(agency.id)]).sort(byName),
    documents: documents.map((document) => [document.iri, document.label]).sort(byName),
    topics: [...all.values()].map((topic) => topic[current()]).sort((a, b) => a.localeCompare(b, current())),
    kinds,
    known: new Map([
      ...agencies.map((agency) => [agency.iri, called.get(agency.id)]),
      ...documents.map((document) => [document.iri, document.label]),
      ...summaries.map((summary) => [summary.iri, shortTitle(summary)]),
    ]),
  };
}

const last = (iri) => decodeURIComponent(String(iri).split("/").pop());

/** The value of a field in words. */
function shown(field, value, { known, kinds }) {
  if (value === true) return "";
  if (Array.isArray(value)) return value.map((one) => shown(field, one, { known, kinds })).join(", ");
  if (field === "due" || field === "issued") return `${t("tests")[value.test]} ${shownDate(value.date)}`;
  if (field === "having") return `${t("tests")[value.test]} ${value.number}`;
  if (field === "inner") return [value.role && t(value.role), value.topic].filter(Boolean).join(" ");
  if (field === "agency_kind") return nameIn(kinds, value);
  if (field === "superlative" || field === "dated") return t("tests")[value] || value;
  if (field === "kinds") return t("kinds")[value] || value;
  if (field === "counted" || field === "measured") return t("intents")[value] || value;
  if (field === "date" || field === "document_date") return shownDate(value);
  return known.get(value) || (String(value).startsWith("http") ? last(value) : String(value));
}

/** What a field is changed to when it is taken away. */
const emptied = (value) => (Array.isArray(value) ? [] : value === true ? false : null);

/** [field, words, whether it can be taken away] of everything that an interpretation says. */
function said(read, lists) {
  const entries = [["intent", t("asks", { what: t("intents")[read.intent] || read.intent }), false]];
  if (read.role) entries.push(["role", t(read.role), true]);
  for (const field of ["topic", "agency", "document"]) {
    if (read[field]) entries.push([field, `${t(field)}: ${shown(field, read[field], lists)}`, true]);
  }
  for (const [field, value] of Object.entries(read)) {
    if (SAID_ELSEWHERE.has(field) || !value || value.length === 0) continue;
    const words = [t("fields")[field] || field, shown(field, value, lists)].filter(Boolean).join(": ");
    // what is counted has no meaning of its own: it changes with the intent
    entries.push([field, words, field !== "counted"]);
  }
  return entries;
}

function chips(answer, asked, lists) {
  const read = answer.interpretation;
  const pill = ([field, words, removable]) => {
    const change = { ...asked.given, [field]: emptied(read[field]) };
    const away = t("take_away", { what: words });
    const link = h(
      "a",
      { href: askLink(answer.question, { ...asked, given: change }), "aria-label": away, title: away },
      "×",
    );
    return h("span", { class: "pill", "data-field": field }, words, removable && !read.parts ? link : null);
  };
  const parts = (read.parts || []).slice(1).map((part) => said(part, lists));
  const joined = parts.map((part) => [h("span", { class: "faint" }, "+"), part.map(pill)]);
  return h(
    "p",
    { class: "read" },
    h("span", { class: "faint" }, `${t("understood")}:`),
    said(read, lists).map(pill),
    joined,
  );
}

function form(answer, asked, lists) {
  const read = answer.interpretation;
  const nothing = ["", t("not_said")];
  const intents = Object.entries(t("intents")).filter(([intent]) => intent !== "count" || read.intent === "count");
  const element = h(
    "form",
    {
      class: "correct",
      onsubmit: (event) => {
        event.preventDefault();
        const fields = new FormData(element);
        const given = { ...asked.given };
        for (const name of FIXED) {
          const value = fields.get(name).trim();
          if (value !== (read[name] || "")) given[name] = value || null;
        }
        location.hash = askLink(answer.question, { ...asked, given });
      },
    },
    select("intent", t("asks_for"), intents, read.intent),
    select("role", t("role"), [nothing, ...[...ROLES, "any"].map((role) => [role, t(role)])], read.role),
    select("agency", t("agency"), [nothing, ...lists.agencies], read.agency),
    select("document", t("document"), [nothing, ...lists.documents], read.document),
    h(
      "label",
      { class: "field" },
      h("span", {}, t("topic")),
      h("input", {
        name: "topic",
        type: "text",
        list: "topics",
        value: read.topic || "",
        maxlength: 300,
        autocomplete: "off",
      }),
    ),
    h(
      "datalist",
      { id: "topics" },
      lists.topics.map((topic) => h("option", { value: topic })),
    ),
    h("button", { type: "submit" }, t("ask_again")),
  );
  return element;
}

/** The reading of an answer to what was `asked` ({plan, given}). */
export async function reading(answer, asked) {
  const lists = await names();
  const others = (answer.alternatives || []).map((other) =>
    h(
      "a",
      {
        class: "example",
        href: askLink(answer.question, { ...asked, given: { ...asked.given, ...other.interpretation } }),
      },
      labelOf(other),
    ),
  );
  const back = askLink(answer.question, { ...asked, given: {} });
  return h(
    "div",
    { class: "reading" },
    Object.keys(asked.given).length
      ? h("p", { class: "corrected" }, t("corrected"), " ", h("a", { href: back }, t("as_asked")))
      : null,
    chips(answer, asked, lists),
    others.length
      ? h("p", { class: "examples" }, h("span", { class: "faint" }, `${t("did_you_mean")}:`), others)
      : null,
    h("details", { class: "correction" }, h("summary", {}, t("correct")), form(answer, asked, lists)),
  );
}
