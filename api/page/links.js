// The URL of each state of the page. Everything stands behind #, so that it can be shared and reopened.

import { withQuery } from "./http.js";

const state = (path, parameters) => withQuery(`#/${path}`, parameters);

/** A view with parameters; those that say nothing are left out. */
export const viewLink = (view, parameters = {}) => state(view, parameters);

/** A question, about one plan or all, under a corrected interpretation or as understood. */
export const askLink = (question, { plan = "", given = {} } = {}) =>
  state("ask", { q: question, plan, as: Object.keys(given).length ? JSON.stringify(given) : "" });

export const planLink = (plan, parameters = {}) => state(`plan/${encodeURIComponent(plan)}`, parameters);

export const statementLink = (plan, address, parameters = {}) =>
  state(`plan/${encodeURIComponent(plan)}/${encodeURIComponent(address)}`, parameters);

export const agencyLink = (id, parameters = {}) =>
  state(`agency/${id.split("/").map(encodeURIComponent).join("/")}`, parameters);

export const documentLink = (id) => state(`document/${encodeURIComponent(id)}`, {});

/** The id in the graph's IRI of a thing of a kind (agency, document, topic, …); null when it is none of that kind. */
export function idIn(iri, kind) {
  const [, id] = (iri || "").split(new RegExp(`/${kind}/(.+)`, "s"));
  return id === undefined ? null : decodeURIComponent(id);
}

/** The same link as one that works anywhere. */
export const absolute = (link) => `${location.origin}${location.pathname}${location.search}${link}`;

/** Put the state into the address bar, without a new entry in the history. */
export const remember = (link) => history.replaceState(history.state, "", link);
