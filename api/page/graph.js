// The network as a figure that one can move, zoom and take away, drawn by cytoscape.js.

import { h, s } from "./dom.js";
import { vendored } from "./vendored.js";

// cytoscape.js writes a style element of its own, which the page's policy forbids, unless one with this id is there;
// what it would say stands in the page's style.
const STYLE_ID = "__________cytoscape_stylesheet";

const GROUPS = 6;
const FONT = 12;
const PADDING = 30;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The style of the figure; `scale` enlarges the words, so that they can be read in a figure that was made to fit. */
function look(scale) {
  const groups = Array.from({ length: GROUPS }, (_, at) => ({
    selector: `node[group = ${at}]`,
    style: { "background-color": colour(`--group-${at}`) },
  }));
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        width: "data(size)",
        height: "data(size)",
        color: colour("--ink"),
        "font-family": "Inter, Noto Sans, sans-serif",
        "font-size": FONT * scale,
        "text-wrap": "wrap",
        "text-max-width": 130 * scale,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-outline-color": colour("--card"),
        "text-outline-width": 2.5,
        "border-width": 2,
        "border-color": colour("--card"),
      },
    },
    ...groups,
    {
      selector: "edge",
      style: { width: "data(width)", "line-color": colour("--edge"), "curve-style": "straight", opacity: 0.75 },
    },
    { selector: ".far", style: { opacity: 0.18 } },
    {
      selector: "node.chosen",
      style: { "border-color": colour("--accent"), "border-width": 4, "font-weight": "bold" },
    },
    { selector: "edge.near", style: { "line-color": colour("--accent"), opacity: 1 } },
  ];
}

/** Nodes and edges for cytoscape.js; `groups` are the clusters by node. */
function elements({ nodes, edges }, groups) {
  const heaviest = Math.max(1, ...edges.map((edge) => edge.weight));
  const busiest = Math.max(1, ...nodes.map((node) => node.partners));
  const circle = (at) => {
    const angle = (2 * Math.PI * at) / nodes.length;
    return { x: 400 * Math.cos(angle), y: 400 * Math.sin(angle) };
  };
  const order = [...nodes].sort(
    (a, b) => (groups.get(a.id) || 0) - (groups.get(b.id) || 0) || a.id.localeCompare(b.id),
  );
  return [
    ...order.map((node, at) => ({
      position: circle(at),
      data: {
        id: node.id,
        label: node.name,
        size: 18 + 26 * Math.sqrt(node.partners / busiest),
        group: ((groups.get(node.id) || 1) - 1) % GROUPS,
      },
    })),
    ...edges.map((edge) => ({
      data: {
        id: `${edge.source} ${edge.target}`,
        source: edge.source,
        target: edge.target,
        width: 1.5 + (7 * edge.weight) / heaviest,
      },
    })),
  ];
}

// From a fixed start and without chance, so that the same network always gives the same figure.
const LAYOUT = {
  name: "cose",
  animate: false,
  randomize: false,
  fit: true,
  padding: PADDING,
  nodeRepulsion: () => 900000,
  nodeOverlap: 30,
  idealEdgeLength: () => 110,
  edgeElasticity: () => 90,
  componentSpacing: 110,
  gravity: 0.6,
  numIter: 1200,
};

/**
 * Draw a part of the network into `stage`, if it is still `wanted` when the library is there; `chose` is called with
 * the id of a node that was chosen, or null. Gives an
 * object that chooses, zooms, and writes the figure as PNG (a blob) or SVG (a text).
 */
export async function draw(stage, shown, groups, chose, wanted) {
  if (!document.getElementById(STYLE_ID)) document.head.append(h("meta", { id: STYLE_ID }));
  const cytoscape = await vendored("cytoscape", "cytoscape/cytoscape.min.js");
  if (!wanted()) return null;
  const cy = cytoscape({
    container: stage,
    elements: elements(shown, groups),
    style: look(1),
    layout: LAYOUT,
    minZoom: 0.2,
    maxZoom: 4,
    boxSelectionEnabled: false,
  });
  const scale = Math.min(2.4, Math.max(1, 1 / cy.zoom()));
  cy.style(look(scale));
  cy.fit(undefined, PADDING);
  // the wheel alone scrolls the page
  const wheel = (event) => cy.userZoomingEnabled(event.ctrlKey || event.metaKey);
  stage.addEventListener("wheel", wheel, { capture: true, passive: true });
  cy.on("tap", (event) => chose(event.target === cy ? null : event.target.isNode() ? event.target.id() : null));
  const restyle = () =>
    stage.isConnected ? cy.style(look(scale)) : document.removeEventListener("themechange", restyle);
  document.addEventListener("themechange", restyle);
  return {
    has: (id) => cy.getElementById(id).nonempty(),
    choose(id) {
      cy.elements().removeClass("far near chosen");
      const node = id ? cy.getElementById(id) : cy.collection();
      if (node.empty()) return;
      cy.elements().not(node.closedNeighborhood()).addClass("far");
      node.connectedEdges().addClass("near");
      node.addClass("chosen");
    },
    zoom: (by) => cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
    fit: () => cy.fit(undefined, PADDING),
    png: () => cy.png({ output: "blob", full: true, scale: 2, bg: colour("--card") }),
    svg: () => svgOf(cy, FONT * scale),
    end() {
      stage.removeEventListener("wheel", wheel, { capture: true });
      document.removeEventListener("themechange", restyle);
      cy.destroy();
    },
  };
}

/** The label in lines as narrow as the figure sets them. */
function lines(words, width = 22) {
  const found = [""];
  for (const word of words.split(" ")) {
    const line = found[found.length - 1];
    if (line && line.length + word.length >= width) found.push(word);
    else found[found.length - 1] = line ? `${line} ${word}` : word;
  }
  return found;
}

/** The whole figure as SVG, in the page's present colours. */
function svgOf(cy, font) {
  const box = cy.elements().boundingBox();
  const [x, y, width, height] = [box.x1 - 20, box.y1 - 20, box.w + 40, box.h + 40];
  const drawing = s("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `${x} ${y} ${width} ${height}`,
    width,
    height,
  });
  drawing.append(s("rect", { x, y, width, height, fill: colour("--card") }));
  cy.edges().forEach((edge) => {
    const [one, other] = [edge.source().position(), edge.target().position()];
    const stroke = {
      stroke: edge.style("line-color"),
      "stroke-width": edge.data("width"),
      "stroke-opacity": edge.style("opacity"),
    };
    drawing.append(s("line", { x1: one.x, y1: one.y, x2: other.x, y2: other.y, ...stroke }));
  });
  cy.nodes().forEach((node) => {
    const at = node.position();
    const radius = node.data("size") / 2;
    const text = {
      "text-anchor": "middle",
      "font-family": "Noto Sans, sans-serif",
      "font-size": font,
      fill: colour("--ink"),
      opacity: node.style("opacity"),
    };
    const halo = { stroke: colour("--card"), "stroke-width": 3, "paint-order": "stroke" };
    drawing.append(
      s("circle", {
        cx: at.x,
        cy: at.y,
        r: radius,
        fill: node.style("background-color"),
        opacity: node.style("opacity"),
      }),
      s(
        "text",
        { ...text, ...halo },
        lines(node.data("label")).map((line, n) =>
          s("tspan", { x: at.x, y: at.y + radius + 4 + 1.1 * font * (n + 1) }, line),
        ),
      ),
    );
  });
  return new XMLSerializer().serializeToString(drawing);
}
