// The API's description, drawn from /openapi.json: every route with its parameters, examples, and a way to try it.

import { h } from "./dom.js";
import { api } from "./http.js";

const SHOWN = 20000;

/** What stands in an input at first: the default, or the example where a request makes no sense without a value. */
function initial(parameter) {
  if (parameter.schema?.default !== undefined) return parameter.schema.default ?? "";
  return parameter.required || parameter.name === "query" ? (parameter.example ?? "") : "";
}

/** An example as it is sent or received. */
function written(mediaType, example) {
  if (typeof example === "string") return example;
  if (mediaType === "application/x-www-form-urlencoded") return new URLSearchParams(example).toString();
  return JSON.stringify(example, null, 2);
}

/** The recorded answers: one for each media type that has one. */
function answers(operation) {
  return Object.entries(operation.responses["200"].content || {})
    .filter(([, content]) => content.example !== undefined)
    .map(([mediaType, content]) =>
      h(
        "details",
        {},
        h("summary", {}, `Example answer, cut short (${mediaType})`),
        h("pre", { tabindex: "0" }, written(mediaType, content.example)),
      ),
    );
}

/** What a request is answered, as text: status, type and the first part of the body, or why there was no answer. */
async function sent(target, options) {
  try {
    const response = await fetch(target, options);
    const text = await response.text();
    return `${response.status} ${response.headers.get("content-type") || ""}\n\n${text.slice(0, SHOWN)}`;
  } catch (error) {
    return `The server cannot be reached: ${error.message}`;
  }
}

function tryIt(method, path, operation) {
  const parameters = operation.parameters || [];
  const inputs = new Map(
    parameters.map((parameter) => [
      parameter,
      h("input", {
        type: "text",
        value: initial(parameter),
        placeholder: parameter.example ?? "",
        "aria-label": parameter.name,
      }),
    ]),
  );
  const content = operation.requestBody?.content || {};
  const kind = Object.keys(content)[0];
  const example = kind ? written(kind, content[kind].example) : "";
  const body = kind ? h("textarea", { rows: 6, spellcheck: "false", "aria-label": "request body" }, example) : null;
  const out = h("pre", { tabindex: "0", hidden: true });
  const run = async () => {
    let target = path;
    const query = new URLSearchParams();
    for (const [parameter, input] of inputs) {
      if (parameter.in === "path")
        target = target.replace(`{${parameter.name}}`, input.value.split("/").map(encodeURIComponent).join("/"));
      else if (input.value) query.set(parameter.name, input.value);
    }
    out.hidden = false;
    out.textContent = await sent(target + (query.size ? `?${query}` : ""), {
      method: method.toUpperCase(),
      headers: kind ? { "content-type": kind } : {},
      body: body?.value,
    });
  };
  return h(
    "div",
    { class: "try" },
    parameters.map((parameter) =>
      h(
        "label",
        {},
        h("code", {}, parameter.name),
        parameter.required ? " *" : "",
        inputs.get(parameter),
        h("span", { class: "faint" }, parameter.description || ""),
      ),
    ),
    body,
    h("div", { class: "tools" }, h("button", { type: "button", onclick: run }, "Send")),
    out,
  );
}

function route(method, path, operation) {
  return h(
    "details",
    { class: "route" },
    h(
      "summary",
      {},
      h("span", { class: `method ${method}` }, method.toUpperCase()),
      h("code", {}, path),
      h("span", { class: "faint" }, (operation.description || "").replaceAll("`", "")),
    ),
    tryIt(method, path, operation),
    answers(operation),
  );
}

const theme = localStorage.getItem("theme");
if (theme) document.documentElement.dataset.theme = theme;

const spec = await api("/openapi.json");
document.getElementById("main").append(
  h(
    "section",
    { class: "page" },
    h("h1", {}, `${spec.info.title} ${spec.info.version}`),
    h("p", { class: "lead" }, spec.info.description),
    Object.entries(spec.paths).map(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => route(method, path, operation)),
    ),
  ),
);
