// What went wrong, in words, with what to do about it.

import { announce, h } from "./dom.js";
import { Problem } from "./http.js";
import { t } from "./i18n.js";
import { viewLink } from "./links.js";

/** A box that says what happened and what to do, with a button that tries again. */
export function problemBox(error) {
  if (!(error instanceof Problem)) console.error(error);
  const kind = error instanceof Problem ? error.kind : "broken";
  const [what, todo] = t("errors")[kind];
  announce(what);
  return h(
    "section",
    { class: "problem", role: "alert", "data-kind": kind },
    h("h2", {}, what),
    error.message ? h("p", { class: "detail" }, error.message) : null,
    h("p", {}, todo.replace("{n}", error.wait)),
    kind === "server" && error.requestId ? h("p", { class: "faint" }, `${t("request_id")}: ${error.requestId}`) : null,
    h(
      "p",
      { class: "tools" },
      h(
        "button",
        { type: "button", onclick: () => window.dispatchEvent(new HashChangeEvent("hashchange")) },
        t("try_again"),
      ),
      h("a", { class: "quiet", href: viewLink("ask") }, t("start_over")),
    ),
  );
}

/** A whole view that failed. */
export const problemPage = (error) => h("div", { class: "page" }, h("h1", {}, t("error")), problemBox(error));
