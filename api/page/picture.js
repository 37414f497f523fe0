// The figure of a network as a picture to take away.

import { h, s } from "./dom.js";
import { t } from "./i18n.js";
import { FONT, LEADING } from "./labels.js";
import { ROLES } from "./statements.js";

const MARGIN = 24;
const KEY_WIDTH = 150;
const LARGEST = 6000;

/** A node's shape about its place. */
function shape(type, { x, y }, r, looks, title) {
  if (type === "agency") return s("circle", { cx: x, cy: y, r, ...looks }, title);
  if (type === "topic") return s("path", { d: `M${x} ${y - r}l${r} ${r} ${-r} ${r} ${-r} ${-r}z`, ...looks }, title);
  return s("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: r / 4, ...looks }, title);
}

function words(node, tone) {
  const { x, y } = node.position();
  const top = y + node.data("r") + 4;
  const looks = { "text-anchor": "middle", "font-family": tone.family, "font-size": FONT, fill: tone.ink };
  const line = (text, at) => s("tspan", { x, y: top + FONT * (0.95 + LEADING * at) }, text);
  const halo = { stroke: tone.card, "stroke-width": 2, "paint-order": "stroke" };
  return s("text", { ...looks, ...halo }, node.data("lines").map(line));
}

/** What the colours of the lines mean, as a row below the box; nothing where they mean nothing. */
function key(cy, tone, left, y) {
  const roles = ROLES.filter((role) => cy.edges().some((edge) => edge.data("role") === role));
  const looks = { "font-family": tone.family, "font-size": FONT, fill: tone.ink };
  return roles.flatMap((role, at) => {
    const x = left + at * KEY_WIDTH;
    const line = { x1: x, y1: y, x2: x + 24, y2: y, stroke: tone.roles[role], "stroke-width": 4 };
    return [s("line", { class: "key", ...line }), s("text", { x: x + 32, y: y + FONT / 3, ...looks }, t(role))];
  });
}

/** The whole figure as SVG, in the page's present colours; `titles` are the names in full by node. */
export const svgOf = (graph, titles) =>
  graph.asSaved((cy, tone, colour) => {
    const box = cy.elements().boundingBox();
    const below = key(cy, tone, box.x1, box.y2 + MARGIN);
    const width = Math.max(box.w, below.length ? ROLES.length * KEY_WIDTH : 0) + 2 * MARGIN;
    const height = box.h + (below.length ? 3 : 2) * MARGIN;
    const [x, y] = [box.x1 - MARGIN, box.y1 - MARGIN];
    const viewBox = [x, y, width, height].join(" ");
    const drawing = s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox, width, height });
    drawing.append(s("rect", { x, y, width, height, fill: tone.card }));
    cy.edges().forEach((edge) => {
      const [one, other] = [edge.source().position(), edge.target().position()];
      const stroke = { stroke: colour.line(edge), "stroke-width": edge.data("width"), "stroke-opacity": 0.75 };
      drawing.append(s("line", { x1: one.x, y1: one.y, x2: other.x, y2: other.y, ...stroke }));
    });
    cy.nodes().forEach((node) => {
      const looks = { fill: colour.fill(node), stroke: tone.card, "stroke-width": 2 };
      const title = s("title", {}, titles.get(node.id()));
      drawing.append(shape(node.data("type"), node.position(), node.data("r"), looks, title));
    });
    cy.nodes(".named").forEach((node) => {
      drawing.append(words(node, tone));
    });
    drawing.append(...below);
    return new XMLSerializer().serializeToString(drawing);
  });

/** The same as PNG, a blob, twice as large as it stands. */
export async function pngOf(graph, titles) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svgOf(graph, titles))}`;
  await image.decode();
  const scale = Math.min(2, LARGEST / Math.max(image.width, image.height));
  const canvas = h("canvas", { width: Math.ceil(image.width * scale), height: Math.ceil(image.height * scale) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
}
