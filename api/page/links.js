// The URL of each state of the page. Everything stands behind #, so that it can be shared and reopened.

const state = (path, parameters) => {
  const kept = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return `#/${path}${kept.size ? `?${kept}` : ""}`;
};

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

/** The same link as one that works anywhere. */
export const absolute = (link) => `${location.origin}${location.pathname}${location.search}${link}`;

/** Put the state into the address bar, without a new entry in the history. */
export const remember = (link) => history.replaceState(history.state, "", link);
