// The ask box and the answer.

import { planChoice } from "./corpus.js";
import { announce, askBox, h } from "./dom.js";
import { api } from "./http.js";
import { t } from "./i18n.js";
import { askLink } from "./links.js";
import { problemBox } from "./problem.js";
import { examples, overview } from "./welcome.js";

const box = (question, plan) =>
  askBox({
    id: "q",
    label: t("question"),
    words: question,
    placeholder: t("placeholder"),
    button: t("go"),
    go: (text) => {
      location.hash = askLink(text, { plan });
    },
  });

const put = (question, { plan, given }) =>
  api("/ask", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      question,
      ...(plan ? { plan } : {}),
      ...(Object.keys(given).length ? { interpretation: given } : {}),
    }),
  });

/** The view: the box with what can be asked, or a question with its answer. Gives the title. */
export async function askView(main, parameters) {
  const question = parameters.get("q") || "";
  const asked = { plan: parameters.get("plan") || "", given: {} };
  const choice = await planChoice(asked.plan, (plan) => {
    location.hash = askLink(question, { ...asked, plan });
  });
  if (!question) {
    const more = h("div", { class: "loading" });
    main.replaceChildren(
      h(
        "section",
        { class: "hero" },
        h("h1", {}, t("title")),
        h("p", { class: "lead" }, t("lead")),
        box("", asked.plan),
        choice,
        more,
      ),
    );
    document.getElementById("q")?.focus({ preventScroll: true });
    const [shown, held] = await Promise.all([examples(asked.plan), overview()]).catch((error) => [
      problemBox(error),
      "",
    ]);
    more.replaceWith(shown, held);
    return "";
  }
  // an answer's code is loaded when a question is put
  const [{ answerCard, evidencePanel }, { givenIn, reading }] = await Promise.all([
    import("./answer.js"),
    import("./reading.js"),
  ]);
  asked.given = givenIn(parameters);
  const waiting = h("p", { class: "faint loading" }, t("working"));
  main.replaceChildren(
    h("p", { class: "on-paper" }, question),
    h("div", { class: "asked" }, box(question, asked.plan), choice),
    waiting,
  );
  announce(t("working"));
  try {
    const answer = await put(question, asked);
    const [read, panel] = await Promise.all([
      reading(answer, asked),
      answer.evidence.length ? evidencePanel(answer) : null,
    ]);
    waiting.replaceWith(h("div", { class: "two" }, await answerCard(answer, read), panel));
    announce(answer.text);
  } catch (error) {
    waiting.replaceWith(problemBox(error));
  }
  return question;
}
