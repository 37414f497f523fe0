// Which view the URL names. Every state of the page has a URL behind #, so it can be shared and reopened.

import { agenciesView, agencyView } from "./agencies.js";
import { askView } from "./ask.js";
import { announce, h } from "./dom.js";
import { switchLanguage, t, translatePage } from "./i18n.js";
import { matrixView } from "./matrix.js";
import { networkView } from "./network.js";
import { planView } from "./plan.js";
import { sparqlView } from "./sparql.js";

const VIEWS = { ask: askView, plan: planView, agencies: agenciesView, agency: agencyView, matrix: matrixView, network: networkView, sparql: sparqlView };
const TAB = { agency: "agencies" };

let turn = 0;

async function show() {
  const mine = (turn += 1);
  const [path, query = ""] = (location.hash.slice(1) || "/ask").split(/\?(.*)/s);
  const [, name, ...rest] = path.split("/");
  const view = VIEWS[name] || VIEWS.ask;
  for (const tab of document.querySelectorAll(".tabs a")) {
    if (tab.dataset.view === (TAB[name] || name)) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  // The view draws aside; only the latest one asked for is shown.
  const main = document.getElementById("main");
  const guard = { replaceChildren: (...nodes) => { if (mine === turn) main.replaceChildren(...nodes); } };
  try {
    if (name !== "ask") guard.replaceChildren(h("p", { class: "faint loading" }, t("loading")));
    await view(guard, new URLSearchParams(query), rest.map(decodeURIComponent));
    if (mine === turn && !document.activeElement.closest("main")) window.scrollTo(0, 0);
  } catch (error) {
    guard.replaceChildren(h("section", { class: "page" }, h("h1", {}, t("error")), h("p", { class: "problem", role: "alert" }, error.message), h("p", {}, h("a", { href: "#/ask" }, t("ask")))));
    announce(error.message);
  }
}

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

document.getElementById("language").addEventListener("click", () => { switchLanguage(); translatePage(); show(); });
document.getElementById("theme").addEventListener("click", () => {
  const dark = (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  localStorage.setItem("theme", dark ? "light" : "dark");
  setTheme(dark ? "light" : "dark");
});
window.addEventListener("hashchange", show);

// A link such as /?q=… from elsewhere asks at once.
const linked = new URLSearchParams(location.search);
if (!location.hash && linked.has("q")) history.replaceState(null, "", `/#/ask?${linked}`);

setTheme(localStorage.getItem("theme"));
translatePage();
show();
