// Tables with the buttons that save what they show.

import { h, scrolling } from "./dom.js";
import { tableButtons } from "./files.js";

/**
 * A table. `columns` are {key: what heads the saved column, label: what heads the shown one (none: saved only), node:
 * item → what is shown, value: item → what is saved (both: the item's `key` by default), number, head: whether its cells
 * head the rows, title, class}; the saved files are called `name`, and `count` says how many there are.
 */
export function dataTable({ name, label, columns, items, count }) {
  const shown = columns.filter((column) => column.label);
  const value = (column, item) => (column.value ? column.value(item) : item[column.key]);
  const text = (found) => (Array.isArray(found) ? found.join("; ") : found);
  const kind = (column) => (column.number ? "number" : column.class);
  const cell = (column, item) =>
    h(
      column.head ? "th" : "td",
      { scope: column.head ? "row" : null, class: kind(column) },
      column.node ? column.node(item) : String(text(value(column, item)) ?? ""),
    );
  const heads = shown.map((column) =>
    h("th", { scope: "col", class: kind(column), title: column.title }, column.label),
  );
  const saved = () =>
    items.map((item) => Object.fromEntries(columns.map((column) => [column.key, text(value(column, item))])));
  return h(
    "div",
    { class: "table" },
    h("div", { class: "tools" }, count ? h("span", { class: "count" }, count) : null, tableButtons(name, saved)),
    scrolling(
      label,
      h(
        "table",
        { class: "data" },
        h("thead", {}, h("tr", {}, heads)),
        h(
          "tbody",
          {},
          items.map((item) =>
            h(
              "tr",
              {},
              shown.map((column) => cell(column, item)),
            ),
          ),
        ),
      ),
    ),
  );
}
