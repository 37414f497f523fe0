// A plan as a readable outline with filters, or as its full text; the address in the URL is led to and highlighted.

import { plan as planOf, planCard, planChoice, plans, statement, topics } from "./corpus.js";
import { announce, h } from "./dom.js";
import { tableButtons } from "./files.js";
import { counted, shownDate, t } from "./i18n.js";
import { planLink, remember, statementLink } from "./links.js";
import { fullText } from "./fulltext.js";
import { FILTERS, filterBar, passes } from "./plan_filters.js";
import { legend, statementCard, statementTable } from "./statements.js";

/** All plans, to choose from. */
async function plansView(main, summaries) {
  const cards = summaries.map((summary) => planCard(summary, "h2"));
  main.replaceChildren(
    h(
      "section",
      { class: "page" },
      h("h1", {}, t("plans")),
      h("p", { class: "lead" }, t("plans_lead")),
      h("ul", { class: "plans" }, cards),
    ),
  );
  return t("plans");
}

function outline(plan, view) {
  const entry = (heading) =>
    h(
      "li",
      { class: `depth-${Math.min(heading.address.split(".").length, 4)}` },
      h(
        "a",
        { href: statementLink(plan.id, heading.address, { view }) },
        h("b", {}, heading.label),
        ` ${heading.title}`,
      ),
    );
  return h(
    "nav",
    { class: "outline", "aria-label": t("outline") },
    h(
      "details",
      { open: matchMedia("(min-width: 60rem)").matches },
      h("summary", {}, t("outline")),
      h("ol", { lang: plan.language }, plan.headings.map(entry)),
    ),
  );
}

const depth = (address) => Math.min(address.split(".").length + 1, 5);

/** The statements that pass, under their headings while all do. */
function drawn(plan, items, all) {
  const filtered = items.length < plan.items.length;
  const entries = items.map((item) => ({
    start: item.start,
    order: 1,
    node: statementCard(item, plan, { anchor: true, path: filtered, topics: all }),
  }));
  for (const heading of filtered ? [] : plan.headings) {
    const attributes = { id: `h-${heading.address}`, class: "plan-heading", lang: plan.language };
    const words = [h("span", { class: "address" }, heading.address), ` ${heading.title}`];
    entries.push({ start: heading.start, order: 0, node: h(`h${depth(heading.address)}`, attributes, words) });
  }
  entries.sort((a, b) => a.start - b.start || a.order - b.order);
  return entries.map((entry) => entry.node);
}

function leadTo(target, address) {
  // a sentence is shown among those about it, a heading or a card from its head on
  target.scrollIntoView({ block: target.matches("mark") ? "center" : "start" });
  target.classList.add("flash", "here");
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  announce(address);
}

function readingModes(id, address, view) {
  const mode = (name, words) => {
    const parameters = { view: name };
    const href = address ? statementLink(id, address, parameters) : planLink(id, parameters);
    return h("a", { href, "aria-current": view === name ? "true" : null }, words);
  };
  return h(
    "p",
    { class: "modes", role: "group", "aria-label": t("view") },
    mode("", t("as_statements")),
    mode("text", t("as_text")),
  );
}

async function statementsBody(plan, parameters) {
  const all = await topics();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name) || ""]));
  const list = h("div", { class: "plan-body" });
  const count = h("span", { class: "count", "aria-live": "polite" });
  const clear = h("a", { class: "quiet", href: planLink(plan.id) }, t("clear"));
  let items = [];
  const redraw = () => {
    items = plan.items.filter((item) => passes(item, filters, all));
    list.replaceChildren(...(items.length ? drawn(plan, items, all) : [h("p", { class: "empty" }, t("nothing_left"))]));
    count.textContent = counted(items.length, "statements");
    clear.hidden = items.length === plan.items.length;
  };
  const bar = filterBar(plan.items, all, filters, () => {
    remember(planLink(plan.id, filters));
    redraw();
  });
  redraw();
  return [
    bar,
    h(
      "div",
      { class: "tools" },
      count,
      clear,
      tableButtons(plan.id, () => statementTable(items)),
    ),
    legend(),
    list,
  ];
}

/** The plan, with the passage at the address where that is none of its statements and headings, and that passage. */
async function withPassage(plan, address) {
  if (!address || [...plan.items, ...plan.headings].some((one) => one.address === address)) return [plan, null];
  try {
    const passage = await statement(plan.id, address);
    return [{ ...plan, items: [...plan.items, passage] }, passage];
  } catch (error) {
    if (error.kind !== "missing") throw error;
    return [plan, null];
  }
}

/** The view of one plan, or the choice among several. Gives the title. */
export async function planView(main, parameters, path) {
  const summaries = await plans();
  if (!path[0] && summaries.length !== 1) return plansView(main, summaries);
  const id = path[0] || summaries[0].id;
  const address = path.slice(1).join("/");
  const [plan, passage] = await withPassage(await planOf(id), address);
  // what the list of statements leaves out can be read in the text alone
  const view = passage ? "text" : parameters.get("view") || "";
  const choice = await planChoice(
    id,
    (chosen) => {
      location.hash = planLink(chosen);
    },
    { all: false },
  );
  const about = [plan.type, plan.number, plan.issuer, shownDate(plan.date) || plan.year].filter(Boolean).join(" · ");
  const body =
    view === "text"
      ? await fullText(plan, (parameters.get("mark") || address).split(","))
      : await statementsBody(plan, parameters);
  main.replaceChildren(
    h(
      "div",
      { class: "reader" },
      outline(plan, view),
      h(
        "div",
        { class: "reading-column" },
        choice,
        h(
          "header",
          { class: "plan-title" },
          h("h1", { lang: plan.language }, plan.title),
          h("p", { class: "faint" }, about),
        ),
        readingModes(id, address, view),
        body,
      ),
    ),
  );
  const named = address && (document.getElementById(`s-${address}`) || document.getElementById(`h-${address}`));
  const target = named || document.querySelector(".fulltext .sentence");
  if (target) leadTo(target, address || target.id.slice(2));
  else if (address) {
    const missing = h("p", { class: "problem", role: "alert" }, t("no_address", { address }));
    document.querySelector(".plan-title").after(missing);
  }
  return [address, plan.title].filter(Boolean).join(" · ");
}
