// Building the page. Text only ever becomes text nodes, so nothing in a plan can run.

/** An element with attributes (`class`, `href`, on…: functions) and children (nodes or text; empty ones are skipped). */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== "") element.append(child);
  return element;
}

/** Say something to screen readers. */
export function announce(text) {
  document.getElementById("status").textContent = text;
}

/** JSON from the API; an error carries the problem's own words. */
export async function api(path, options = {}) {
  const response = await fetch(path, { headers: { accept: "application/json", ...(options.headers || {}) }, ...options });
  if (response.ok) return response.json();
  let detail = `${response.status} ${response.statusText}`;
  try {
    detail = (await response.json()).detail || detail;
  } catch {
    // not a problem document: the status line must do
  }
  throw new Error(detail);
}

const cache = new Map();

/** As `api`, asked once a page. */
export function apiOnce(path) {
  if (!cache.has(path)) cache.set(path, api(path).catch((error) => { cache.delete(path); throw error; }));
  return cache.get(path);
}

/** An agency in a role, as a chip that leads to its page. */
export function roleChip(role, words) {
  return h("span", { class: `chip role-${role}` }, words);
}

/** Save text or a blob as a file. */
export function download(name, content, type = "text/plain") {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Rows of values as CSV (RFC 4180). A leading = + - @ gets an apostrophe, so that a spreadsheet runs nothing. */
export function csv(rows) {
  const cell = (value) => {
    let text = value === null || value === undefined ? "" : String(value);
    if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** A button that copies and says so. */
export function copyButton(label, done, text) {
  return h("button", { type: "button", class: "quiet", onclick: async (event) => {
    await navigator.clipboard.writeText(typeof text === "function" ? text() : text);
    event.target.textContent = done;
    announce(done);
    setTimeout(() => { event.target.textContent = label; }, 1500);
  } }, label);
}

/** Text with marks. `marks` are {start, end, class, title}; offsets count code points from the text's own start. */
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
