// The network around an answer: the agencies of the statements it rests on, drawn when a reader wants to see them.
// This code is loaded then.

import { announce, h } from "./dom.js";
import { draw } from "./graph.js";
import { counted, t } from "./i18n.js";
import { agencyLink, idIn, viewLink } from "./links.js";
import { part, whole } from "./network_data.js";
import { agencyOf } from "./network_words.js";
import { problemBox } from "./problem.js";

async function drawInto(stage, evidence) {
  const network = await whole(true);
  const statements = new Set(evidence.map((item) => `plan/${item.plan}/${item.address}`));
  const shown = await part(network, { statements });
  const what = `${counted(shown.nodes.length, "agencies")}, ${counted(shown.edges.length, "links")}`;
  stage.setAttribute("aria-label", t("around_figure", { what }));
  if (!shown.nodes.length) {
    stage.replaceChildren(h("p", { class: "empty" }, t("around_empty")));
    return;
  }
  const groups = new Map(network.measures.map((row) => [row.agency, row.cluster]));
  const told = {
    open(id) {
      location.hash = agencyLink(agencyOf(id));
    },
    chose: (id) => announce(shown.nodes.find((node) => node.id === id)?.name || ""),
  };
  await draw(stage, shown, groups, () => stage.isConnected, told);
  stage.dataset.links = shown.edges.length;
}

/** Draw the network around an answer into a place, with a link to the whole. */
export async function drawAround(place, answer) {
  const stage = h("div", { class: "stage small", tabindex: "0", role: "application", "aria-label": t("around") });
  const figure = h("div", { class: "figure" }, stage);
  const chosen = idIn(answer.interpretation.agency || answer.results[0]?.iri, "agency");
  const parameters = { collectives: "1", agency: chosen };
  place.replaceChildren(figure, h("p", {}, h("a", { href: viewLink("network", parameters) }, t("see_network"))));
  try {
    await drawInto(stage, answer.evidence);
  } catch (error) {
    figure.replaceWith(problemBox(error));
  }
}
