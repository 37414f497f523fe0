// Code of others (vendor/), loaded by the views that need it and by no other.

import { h } from "./dom.js";
import { Problem } from "./http.js";

const loaded = new Map();

function file(element, attributes) {
  return new Promise((resolve, reject) => {
    const onerror = () => reject(new Problem(0, attributes.src || attributes.href));
    document.head.append(h(element, { ...attributes, onload: resolve, onerror }));
  });
}

/** What a script of vendor/ puts under `name`, its style sheet first when it has one. */
export function vendored(name, script, style) {
  if (!loaded.has(name)) {
    const sheet = style ? file("link", { rel: "stylesheet", href: `/static/vendor/${style}` }) : Promise.resolve();
    const wanted = sheet.then(() => file("script", { src: `/static/vendor/${script}` })).then(() => window[name]);
    loaded.set(name, wanted);
    wanted.catch(() => loaded.delete(name));
  }
  return loaded.get(name);
}
