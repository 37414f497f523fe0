// The interface's language, and its words, which stand in words/: that of the URL (/?lang=en), else the one chosen
// before, else the browser's.

const LANGUAGES = ["vi", "en"];
const wished = [
  new URLSearchParams(location.search).get("lang"),
  localStorage.getItem("language"),
  (navigator.language || "vi").startsWith("vi") ? "vi" : "en",
];
let language = wished.find((name) => LANGUAGES.includes(name));
let words = await load(language);

async function load(name) {
  return (await fetch(`/static/words/${name}.json`)).json();
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

export const current = () => language;

/** The words for `name` in the interface's language, with `{…}` filled from `values`; a group of words as it is. */
export function t(name, values = {}) {
  const found = words[name] ?? name;
  return typeof found === "string" ? fill(found, values) : found;
}

/** "1 statement", "12 statements". */
export function counted(number, name) {
  const [one, many] = words.counts[name];
  return fill(number === 1 ? one : many, { n: number.toLocaleString(language) });
}

/** A date (ISO 8601) as readers of the language write it; what is not a full date stays as it is. */
export function shownDate(date) {
  if (!/^\d{4}-\d\d-\d\d$/.test(date || "")) return date || "";
  return new Date(`${date}T00:00:00`).toLocaleDateString(language === "vi" ? "vi-VN" : "en-GB", {
    day: "numeric",
    month: language === "vi" ? "numeric" : "long",
    year: "numeric",
  });
}

/** A number as readers of the language write it; years have no separators. */
const shownNumber = (number) => number.toLocaleString(language, { useGrouping: "min2", maximumFractionDigits: 10 });

const COMPARED = { ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", range: "" };

/** A quantity with its bound or its direction: {value, value_max, unit, comparator}. */
export function quantity({ value, value_max: most, unit, comparator }) {
  const figures = [value, most].filter((one) => typeof one === "number").map(shownNumber);
  const bound = COMPARED[comparator] ?? `${words.comparators[comparator] || comparator || ""} `;
  return `${bound}${figures.join(" – ")}${unit === "%" || !unit ? unit || "" : ` ${unit}`}`.trim();
}

/** Change to the other language and keep the choice. */
export async function switchLanguage() {
  const other = LANGUAGES.find((name) => name !== language);
  words = await load(other);
  language = other;
  localStorage.setItem("language", language);
}

/** Put the words of the current language into the static part of the page, and its name into the URL. */
export function translatePage() {
  const query = new URLSearchParams(location.search);
  query.set("lang", language);
  history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`);
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-i18n]")) element.textContent = t(element.dataset.i18n);
  for (const element of document.querySelectorAll("[data-i18n-label]")) {
    element.setAttribute("aria-label", t(element.dataset.i18nLabel));
    if (element.tagName === "BUTTON") element.title = t(element.dataset.i18nLabel);
  }
  const button = document.getElementById("language");
  button.textContent = t("other_language");
  button.lang = language === "vi" ? "en" : "vi";
}

/** A name in the interface's language, as far as there is one, of anything with `name` and `name_en`. */
export const agencyName = (agency) => (language === "en" && agency.name_en) || agency.name;

/** The same of anything with `label_vi` (or `label`) and `label_en`. */
export const labelOf = (thing) =>
  (language === "en" && thing.label_en) || thing.label_vi || thing.label || thing.label_en || "";
