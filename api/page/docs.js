// The API's description, drawn from /openapi.json: every route with its parameters, an example, and a way to try it.

import { h } from "./dom.js";
import { api } from "./http.js";

const SHOWN = 20000;

/** A value that fits a schema, for an example: its own example, else one made from its type. */
function sample(schema, spec, depth = 0) {
  if (!schema || depth > 4) return null;
  if (schema.$ref)
    return sample(
      schema.$ref
        .split("/")
        .slice(1)
        .reduce((node, step) => node[step], spec),
      spec,
      depth,
    );
  if (schema.examples?.length) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf || schema.oneOf;
  if (choice)
    return sample(
      choice.find((part) => part.type !== "null"),
      spec,
      depth,
    );
  if (schema.type === "object")
    return Object.fromEntries(
      Object.entries(schema.properties || {}).map(([name, part]) => [name, sample(part, spec, depth + 1)]),
    );
  if (schema.type === "array") return [sample(schema.items, spec, depth + 1)];
  return { string: "…", integer: 0, number: 0, boolean: true }[schema.type] ?? null;
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

function tryIt(method, path, operation, spec) {
  const parameters = operation.parameters || [];
  const inputs = new Map(
    parameters.map((parameter) => [
      parameter,
      h("input", { type: "text", value: parameter.schema?.default ?? "", "aria-label": parameter.name }),
    ]),
  );
  const content = operation.requestBody?.content || {};
  const kind = Object.keys(content)[0];
  const example = kind === "application/json" ? JSON.stringify(sample(content[kind].schema, spec), null, 2) : "";
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

function route(method, path, operation, spec) {
  return h(
    "details",
    { class: "route" },
    h(
      "summary",
      {},
      h("span", { class: `method ${method}` }, method.toUpperCase()),
      h("code", {}, path),
      h("span", { class: "faint" }, operation.summary || ""),
    ),
    h("p", {}, operation.description || ""),
    tryIt(method, path, operation, spec),
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
      Object.entries(methods).map(([method, operation]) => route(method, path, operation, spec)),
    ),
  ),
);
