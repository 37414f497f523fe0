// The whole text of a plan, with the sentences that an answer rests on highlighted where they stand.

import { h, marked } from "./dom.js";
import { request } from "./http.js";
import { t } from "./i18n.js";
import { addressLink, legend, marksOf } from "./statements.js";

/** Headings and statements in the order of the text, those that lie within others left out. */
function pieces(plan) {
  const all = [
    ...plan.headings.map((heading) => ({ heading, start: heading.start, end: heading.end })),
    ...plan.items.map((item) => ({ item, start: item.start, end: item.end })),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  let at = 0;
  return all.filter((piece) => {
    const free = piece.start >= at;
    if (free) at = piece.end;
    return free;
  });
}

/** The text as nodes; `addresses` are those of the sentences to highlight. Offsets count code points. */
export async function fullText(plan, addresses) {
  const text = await (await request(`/plans/${encodeURIComponent(plan.id)}/text`)).text();
  const points = Array.from(text);
  const slice = (start, end) => points.slice(start, end).join("");
  const wanted = new Set(addresses.filter(Boolean));
  const nodes = [];
  let at = 0;
  for (const { heading, item, start, end } of pieces(plan)) {
    nodes.push(slice(at, start));
    const words = slice(start, end);
    if (heading) nodes.push(h("strong", { id: `h-${heading.address}` }, words));
    else if (!wanted.has(item.address)) nodes.push(h("span", { id: `s-${item.address}` }, words));
    else {
      const sentence = h("mark", { id: `s-${item.address}`, class: "sentence" }, marked(words, marksOf(item)));
      nodes.push(sentence, " ", addressLink(item));
    }
    at = end;
  }
  nodes.push(slice(at));
  return [
    h("p", { class: "faint" }, t("text_lead"), wanted.size ? ` ${t("text_marked")}` : null),
    wanted.size ? legend() : null,
    h("div", { class: "fulltext", lang: plan.language }, nodes),
  ];
}
