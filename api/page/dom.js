// Building the page. Text only ever becomes text nodes, so nothing in a plan can run.

/** Put attributes (on…: functions) on an element and children (nodes or text; empty ones are skipped) into it. */
function furnish(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== "" && child !== false) element.append(child);
  }
  return element;
}

/** An HTML element. */
export const h = (name, attributes = {}, ...children) => furnish(document.createElement(name), attributes, children);

/** An SVG element. */
export const s = (name, attributes = {}, ...children) =>
  furnish(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

/** Say something to screen readers. */
export function announce(text) {
  document.getElementById("status").textContent = text;
}

/** Words of the plans, whatever the language of the page. */
export const vietnamese = (words) => h("span", { lang: "vi" }, words);

/** A role as a chip. */
export const roleChip = (role, words) => h("span", { class: `chip role-${role}` }, words);

/** A select with a label; `options` are [value, text], `change` gets the value. */
export function select(name, label, options, chosen, change) {
  return h(
    "label",
    { class: "field" },
    h("span", {}, label),
    h(
      "select",
      { name, onchange: change && ((event) => change(event.target.value)) },
      options.map(([value, text]) => h("option", { value, selected: value === (chosen || "") }, text)),
    ),
  );
}

/** A box to put words into; `id` is the input's, `label` names it for screen readers, `go` gets the words. */
export function askBox({ id, label, words, placeholder, button, go }) {
  const input = h("input", {
    type: "search",
    id,
    name: "q",
    value: words,
    placeholder,
    autocomplete: "off",
    maxlength: 2000,
    required: true,
  });
  const onsubmit = (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text) go(text);
  };
  return h(
    "form",
    { class: "askbox", role: "search", onsubmit },
    h("label", { for: id, class: "visually-hidden" }, label),
    input,
    h("button", { type: "submit" }, button),
  );
}

/** A part of the page that scrolls sideways by itself, so that the page does not. */
export const scrolling = (label, ...children) =>
  h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, ...children);

/**
 * Text with marks. `marks` are {start, end, class, title}; offsets count code points from the text's own start.
 * Of marks that overlap, the first stays, and of those that start together the longest.
 */
export function marked(text, marks) {
  const points = Array.from(text);
  const parts = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.start < at || mark.end > points.length) continue;
    parts.push(points.slice(at, mark.start).join(""));
    parts.push(h("mark", { class: mark.class, title: mark.title }, points.slice(mark.start, mark.end).join("")));
    at = mark.end;
  }
  parts.push(points.slice(at).join(""));
  return parts;
}
