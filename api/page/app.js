// Which view the URL names. Every state of the page has a URL, its language in ?lang= and all else behind #, so that it can
// be shared and reopened.

import { askView } from "./ask.js";
import { plans } from "./corpus.js";
import { announce, h } from "./dom.js";
import { switchLanguage, t, translatePage } from "./i18n.js";
import { problemPage } from "./problem.js";

/** The views; the code of all but the first is loaded when one of them is opened. */
const VIEWS = {
  ask: async () => askView,
  plan: async () => (await import("./plan.js")).planView,
  agencies: async () => (await import("./agencies.js")).agenciesView,
  agency: async () => (await import("./agency.js")).agencyView,
  documents: async () => (await import("./documents.js")).documentsView,
  document: async () => (await import("./document.js")).documentView,
  search: async () => (await import("./search.js")).searchView,
  statements: async () => (await import("./search.js")).statementsView,
  matrix: async () => (await import("./matrix.js")).matrixView,
  network: async () => (await import("./network.js")).networkView,
  compare: async () => (await import("./compare.js")).compareView,
  sparql: async () => (await import("./sparql.js")).sparqlView,
};
const TAB = { agency: "agencies", document: "documents", statements: "search" };

let turn = 0;
let open = null;

/** The view's name, the rest of its path and its parameters, as the URL says. */
function wanted() {
  const [path, query = ""] = (location.hash.slice(1) || "/ask").split(/\?(.*)/s);
  const [name, ...rest] = path.replace(/^\//, "").split("/");
  return { name: name in VIEWS ? name : "ask", rest: rest.map(decoded), parameters: new URLSearchParams(query) };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function markTab(name) {
  for (const tab of document.querySelectorAll(".tabs a")) {
    if (tab.dataset.view === (TAB[name] || name)) {
      tab.setAttribute("aria-current", "page");
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else tab.removeAttribute("aria-current");
  }
}

// Where a reader had scrolled to in each entry of the history, so that going back leads there.
const heights = new Map();
let entry = null;

/** Note where the reader is, before another view or the same one anew is drawn; gives where that one is to be shown. */
function turnTo() {
  if (entry) heights.set(entry, window.scrollY);
  entry = history.state?.entry;
  if (!entry) {
    entry = `${Date.now()} ${turn}`;
    history.replaceState({ entry }, "");
  }
  return heights.get(entry) || 0;
}

async function show() {
  const mine = (turn += 1);
  const { name, rest, parameters } = wanted();
  const height = turnTo();
  markTab(name);
  const main = document.getElementById("main");
  // The view draws aside; only the latest one asked for is shown.
  const guard = {
    replaceChildren(...nodes) {
      if (mine === turn) main.replaceChildren(...nodes.filter(Boolean));
    },
  };
  const focused = document.activeElement;
  const within = main.contains(focused);
  // a choice that leads to another state of the same view
  const choice = within && name === open && focused.matches("select, [type=checkbox]") ? focused.name : null;
  open = name;
  main.setAttribute("aria-busy", "true");
  try {
    if (name !== "ask") guard.replaceChildren(h("p", { class: "faint loading" }, t("loading")));
    const draw = await VIEWS[name]();
    const title = await draw(guard, parameters, rest);
    if (mine !== turn) return;
    document.title = title ? `${title} · kgplan` : "kgplan";
    // unless the view itself put the focus somewhere
    if (document.activeElement === main || !main.contains(document.activeElement)) {
      window.scrollTo(0, height);
      // what had the focus went with the old view; reading goes on at the new one
      const again = choice && main.querySelector(`[name="${CSS.escape(choice)}"]`);
      if (within) (again || main).focus({ preventScroll: true });
    }
    if (name !== "ask") announce(title);
  } catch (error) {
    guard.replaceChildren(problemPage(error));
  } finally {
    if (mine === turn) main.removeAttribute("aria-busy");
  }
}

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.dispatchEvent(new Event("themechange"));
}

const shownTheme = () =>
  document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

document.getElementById("language").addEventListener("click", async () => {
  await switchLanguage();
  translatePage();
  show();
});
document.getElementById("theme").addEventListener("click", () => {
  const theme = shownTheme() === "dark" ? "light" : "dark";
  localStorage.setItem("theme", theme);
  setTheme(theme);
});
document.querySelector(".skip").addEventListener("click", (event) => {
  // the address bar holds the view, so the link must not change it
  event.preventDefault();
  document.getElementById("main").focus();
});
history.scrollRestoration = "manual";
window.addEventListener("hashchange", show);

// A link such as /?q=… from elsewhere asks at once.
const linked = new URLSearchParams(location.search);
if (!location.hash && linked.has("q")) {
  const language = linked.get("lang");
  linked.delete("lang");
  const query = language ? `?${new URLSearchParams({ lang: language })}` : "";
  history.replaceState(null, "", `${location.pathname}${query}#/ask?${linked}`);
}

setTheme(localStorage.getItem("theme"));
translatePage();
show();
plans().then(
  (found) => {
    document.querySelector(".tabs [data-view=compare]").hidden = found.length < 2;
    markTab(wanted().name); // which may be the tab that has just come
  },
  () => {}, // the view says what is wrong
);
