// The service's API: JSON in, problems out as errors that say what to do.

/** What went wrong with a request. `kind` names the words that explain it, `wait` is in seconds. */
export class Problem extends Error {
  constructor(status, detail, wait, requestId) {
    super(detail);
    this.status = status;
    this.kind = kindOf(status);
    this.wait = wait;
    this.requestId = requestId;
  }
}

const KINDS = { 0: "offline", 403: "refused", 404: "missing", 405: "refused", 408: "slow", 413: "large", 429: "many" };

function kindOf(status) {
  if (status in KINDS) return KINDS[status];
  if (status >= 502 && status <= 504) return "busy";
  return status >= 500 ? "server" : "wrong";
}

/** The response to a request, when it is one of success. Raises Problem. */
export async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Problem(0, "");
  }
  if (response.ok) return response;
  const text = await response.text().catch(() => "");
  let detail = `${response.status} ${response.statusText}`;
  try {
    detail = problemText(JSON.parse(text)) || detail;
  } catch {
    // a proxy's page, not a problem document: the status line must do
  }
  const wait = Number(response.headers.get("retry-after")) || 5;
  throw new Problem(response.status, detail, wait, response.headers.get("x-request-id"));
}

function problemText(problem) {
  return typeof problem.detail === "string" ? problem.detail : JSON.stringify(problem.detail);
}

/** A path with its query; parameters that say nothing are left out. */
export function withQuery(path, parameters) {
  const kept = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return kept.size ? `${path}?${kept}` : path;
}

/** JSON from the API. */
export async function api(path, options = {}) {
  const response = await request(path, { ...options, headers: { accept: "application/json", ...options.headers } });
  return response.json();
}

const cache = new Map();

/** As `api`, asked once a page: a served corpus does not change. */
export function apiOnce(path) {
  if (!cache.has(path)) {
    const asked = api(path);
    cache.set(path, asked);
    asked.catch(() => cache.delete(path));
  }
  return cache.get(path);
}

/** All items of a list of the API, page by page. */
export async function allOf(path) {
  const items = [];
  let next = `${path}${path.includes("?") ? "&" : "?"}limit=200`;
  while (next) {
    const page = await apiOnce(next);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

/** Rows of a SELECT query, each a map from variable to text. */
export async function rows(query) {
  const found = await apiOnce(withQuery("/sparql", { query }));
  return found.results.bindings.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])),
  );
}
