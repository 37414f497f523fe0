// How a question was understood, and the form in which a reader puts it right.

import { apiOnce, h } from "./dom.js";
import { agencyName, current, t } from "./i18n.js";

const ROLES = ["leads", "coordinates", "shares", "any"];
const INTENTS = ["agencies", "tasks", "documents", "indicators", "deadlines", "statements", "people", "places"];

/** The URL of a question under a corrected interpretation. */
export function askLink(question, given = {}) {
  const parameters = { q: question };
  if (Object.keys(given).length) parameters.as = JSON.stringify(given);
  return `#/ask?${new URLSearchParams(parameters)}`;
}

/** What the URL says of the interpretation; nothing when it says nothing that can be read. */
export function givenIn(parameters) {
  try {
    const given = JSON.parse(parameters.get("as") || "{}");
    return given && typeof given === "object" && !Array.isArray(given) ? given : {};
  } catch {
    return {};
  }
}

const last = (iri) => decodeURIComponent(iri.split("/").pop());

function pills(read, names) {
  const parts = [`${t("intent")} ${t("intents")[read.intent] || read.intent}`];
  if (read.role) parts.push(t(read.role));
  if (read.topic) parts.push(`${t("topic")}: ${read.topic}`);
  if (read.agency) parts.push(`${t("interpretation_agency")}: ${names.get(read.agency) || last(read.agency)}`);
  if (read.document) parts.push(`${t("document")}: ${last(read.document)}`);
  return h("p", { class: "read" }, h("span", { class: "faint" }, `${t("understood")}: `), parts.map((part) => h("span", { class: "pill" }, part)));
}

function choice(name, label, options, chosen) {
  return h("label", {}, h("span", {}, label), h("select", { name }, options.map(([value, text]) => h("option", { value, selected: value === (chosen || "") }, text))));
}

/** The reading of an answer, the close alternatives as links, and the form. */
export async function reading(answer, given) {
  const read = answer.interpretation;
  const { items } = await apiOnce("/agencies?limit=200");
  const agencies = items.map((agency) => [agency.iri, agencyName(agency)]).sort((a, b) => a[1].localeCompare(b[1], "vi"));
  const names = new Map(agencies);
  const form = h("form", { class: "correct", onsubmit: (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const changed = { ...given };
    for (const name of ["intent", "role", "agency", "topic"]) {
      const value = fields.get(name).trim();
      if (value !== (read[name] || "")) changed[name] = value || null;
    }
    location.hash = askLink(answer.question, changed);
  } },
  choice("intent", t("asks_for"), INTENTS.map((intent) => [intent, t("intents")[intent]]), read.intent),
  choice("role", t("role"), [["", t("no_role")], ...ROLES.map((role) => [role, t(role)])], read.role),
  choice("agency", t("interpretation_agency"), [["", t("no_agency")], ...agencies], read.agency),
  h("label", {}, h("span", {}, t("topic")), h("input", { name: "topic", type: "text", value: read.topic || "", maxlength: 300 })),
  h("button", { type: "submit" }, t("ask_again")));
  const others = (answer.alternatives || []).map((other) => h("a", { class: "example", href: askLink(answer.question, { ...given, ...other.interpretation }) }, current() === "vi" ? other.label_vi : other.label_en));
  return h("div", { class: "reading" }, pills(read, names),
    h("details", { class: "correction" }, h("summary", {}, t("correct")), form, others.length ? h("p", { class: "examples" }, h("span", { class: "faint" }, t("or_ask")), others) : null));
}
