// What readers take away: tables as CSV and JSON, drawings, links and citations.

import { announce, h } from "./dom.js";
import { t } from "./i18n.js";

/** Save text or a blob as a file. */
export function download(name, content, type = "text/plain") {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Rows of values as CSV (RFC 4180). A leading = + - @ gets an apostrophe, so that a spreadsheet runs nothing. */
function csv(rows) {
  const cell = (value) => {
    let text = value === null || value === undefined ? "" : String(value);
    if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A button that saves what `make` gives. */
export function saveButton(label, name, make, type) {
  return h("button", { type: "button", class: "quiet", onclick: () => download(name, make(), type) }, label);
}

/**
 * The buttons that save a table as CSV and as JSON. `rows` gives the table when it is wanted: objects with the same
 * keys, which head the columns.
 */
export function tableButtons(name, rows) {
  const table = () => {
    const found = rows();
    const keys = Object.keys(found[0] || {});
    return csv([keys, ...found.map((row) => keys.map((key) => row[key]))]);
  };
  return [
    // spreadsheets take UTF-8 for what it is only behind a byte order mark
    saveButton(t("save_csv"), `${name}.csv`, () => `\ufeff${table()}`, "text/csv"),
    saveButton(t("save_json"), `${name}.json`, () => JSON.stringify(rows(), null, 2), "application/json"),
  ];
}

/** A button that copies the text that `make` gives, and says so; where copying is refused, the text is shown. */
export function copyButton(label, make) {
  const button = h("button", { type: "button", class: "quiet" }, label);
  button.addEventListener("click", async () => {
    const text = make();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      button.replaceWith(
        h("label", { class: "copy" }, t("copy_failed"), h("textarea", { rows: 3, readonly: true }, text)),
      );
      return;
    }
    button.textContent = t("copied");
    announce(t("copied"));
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  });
  return button;
}
