// A network as a figure that one can move, zoom, walk through with arrow keys and take away, drawn by cytoscape.js.

import { h } from "./dom.js";
import { FONT, LEADING, readable, separate, spread, wrap } from "./labels.js";
import { vendored } from "./vendored.js";

// cytoscape.js writes a style element of its own, which the page's policy forbids, unless one with this id is there;
// what it would say stands in the page's style.
const STYLE_ID = "__________cytoscape_stylesheet";

const GROUPS = 6;
const SMALLEST = 11;
const SMALLEST_NODE = 4;
const THINNEST = 0.8;
const LARGEST = 17;
const LARGEST_FIT = 1.4;
const ROUNDS = 5;
/** How far nodes are moved apart for their names, at most: the names' size in units of the drawing. */
const WIDEST = 2.2 * FONT;
/** Above so many nodes names are left out where there is no room, and nodes are not moved apart for them. */
const CROWD = 250;
/** The ground of one node, in square units of the drawing. */
const GROUND = 17000;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SHAPES = { agency: "ellipse", statement: "round-rectangle", document: "round-rectangle", topic: "diamond" };

// From a fixed start and without chance, so that the same network always gives the same figure.
const LAYOUT = {
  name: "cose",
  animate: false,
  randomize: false,
  fit: false,
  nodeRepulsion: () => 60000,
  idealEdgeLength: () => 90,
  componentSpacing: 60,
  numIter: 600,
};

/** The page's present colours, and the font of names. */
function tones() {
  const probe = document.body.appendChild(h("span")); // a colour is resolved only where it is used
  const of = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const groups = Array.from({ length: GROUPS }, (_, at) => of(`group-${at}`));
  const roles = { leads: of("leads"), shares: of("shares"), coordinates: of("coordinates") };
  const [ink, card, soft, accent, edge] = ["ink", "card", "soft", "accent", "edge"].map(of);
  probe.remove();
  return { groups, roles, ink, card, soft, accent, edge, family: getComputedStyle(document.body).fontFamily };
}

function fill(node, tone) {
  if (node.data("type") === "statement") return tone.soft;
  return node.data("type") === "agency" ? tone.groups[node.data("group")] : tone.groups[1];
}

const lineColour = (edge, tone) => tone.roles[edge.data("role")] || tone.edge;

function look(tone) {
  const lit = (edge) => tone.roles[edge.data("role")] || tone.accent;
  return [
    {
      selector: "node",
      style: {
        shape: (node) => SHAPES[node.data("type")],
        "background-color": (node) => fill(node, tone),
        "border-width": 2,
        "border-color": tone.card,
        "overlay-opacity": 0,
      },
    },
    {
      selector: "node.named",
      style: {
        label: "data(text)",
        color: tone.ink,
        "font-family": tone.family,
        "text-wrap": "wrap",
        "text-max-width": 1e6,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "line-height": LEADING,
        "text-outline-color": tone.card,
        "text-outline-width": 2,
        "text-background-color": tone.card,
        "text-background-opacity": 0.75,
        "text-background-shape": "round-rectangle",
      },
    },
    {
      selector: "edge",
      style: {
        "line-color": (edge) => lineColour(edge, tone),
        "curve-style": "straight",
        opacity: 0.75,
        "overlay-opacity": 0,
      },
    },
    { selector: ".far", style: { opacity: 0.15 } },
    { selector: "edge.near", style: { "line-color": lit, opacity: 1 } },
    { selector: "node.here", style: { "border-color": tone.accent, "border-width": 4 } },
  ];
}

/** Nodes and edges for cytoscape.js; `groups` are the clusters by node. */
function elements({ nodes, edges }, groups) {
  const heaviest = Math.max(1, ...edges.map((edge) => edge.weight));
  const busiest = Math.max(1, ...nodes.map((node) => node.partners));
  const place = (at) => {
    // a sunflower: even, and another for every node
    const [radius, angle] = [60 * Math.sqrt(at + 0.5), at * 2.399963];
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  };
  const order = [...nodes].sort(
    (a, b) => (groups.get(a.id) || 0) - (groups.get(b.id) || 0) || a.id.localeCompare(b.id),
  );
  return [
    ...order.map((node, at) => {
      const lines = wrap(node.name);
      const r = node.type === "statement" ? 7 : 9 + 13 * Math.sqrt(node.partners / busiest);
      const group = ((groups.get(node.id) || 1) - 1) % GROUPS;
      const data = { id: node.id, type: node.type, weight: node.partners, lines, text: lines.join("\n"), r, group };
      return { position: place(at), data };
    }),
    ...edges.map(({ source, target, weight, role }) => ({
      data: {
        id: `${source} ${target}`,
        source,
        target,
        role,
        width: 2 + (5 * (weight - 1)) / Math.max(4, heaviest - 1),
      },
    })),
  ];
}

/** A node's radius, so that at a zoom it can still be seen and pressed. */
const radius = (node, zoom) => Math.max(node.data("r"), SMALLEST_NODE / zoom);

/** Where a node stands at a zoom, with what its name needs. */
const spot = (node, zoom = 1) => ({
  id: node.id(),
  x: node.position("x") * zoom,
  y: node.position("y") * zoom,
  r: radius(node, zoom) * zoom,
  lines: node.data("lines"),
});

/** Nodes that no line joins stand in rows below the others, which are `wide`. */
function shelve(joined, alone, wide) {
  const bottom = joined.length ? Math.max(...joined.map((one) => one.y)) + 130 : 0;
  const columns = Math.max(2, Math.floor(wide / 180));
  alone.forEach((one, at) => {
    one.x = (wide * ((at % columns) + 0.5)) / columns;
    one.y = bottom + 100 * Math.floor(at / columns);
  });
}

/** The room for names that is left at the edges of the stage, in its pixels: their size there hardly changes. */
const margins = (cy) => ({ side: Math.min(80, 0.14 * cy.width()), top: 16, bottom: 62 });

/** The zoom at which a drawing of that size fits the stage. */
function fitting(cy, wide, high) {
  const { side, top, bottom } = margins(cy);
  return Math.min(LARGEST_FIT, (cy.width() - 2 * side) / wide, (cy.height() - top - bottom) / high);
}

/** Place the nodes: by springs, over a ground of the stage's form, then apart, so that names can be read. */
function arrange(cy, family) {
  const tied = cy.nodes().filter((node) => node.degree() > 0);
  tied.union(tied.connectedEdges()).layout(LAYOUT).run();
  const spots = cy.nodes().map((node) => spot(node));
  const joined = spots.filter((one) => cy.getElementById(one.id).degree() > 0);
  const alone = spots.filter((one) => !joined.includes(one));
  const form = Math.min(2, Math.max(0.6, cy.width() / cy.height()));
  const wide = Math.max(400, Math.sqrt(joined.length * GROUND * form));
  if (joined.length > 1) spread(joined, wide, wide / form);
  shelve(joined, alone, wide);
  // the drawing grows as its nodes move apart, and is then shown smaller, with names that are larger in its units
  for (let round = 0; spots.length <= CROWD && round < ROUNDS; round += 1) {
    const extent = (values) => Math.max(...values) - Math.min(...values);
    const across = extent(spots.map((one) => one.x)) + 2 * LARGEST;
    const down = extent(spots.map((one) => one.y)) + 2 * LARGEST;
    const needed = SMALLEST / fitting(cy, across, down);
    const [wider, higher] = [(down * form) / across, across / form / down];
    for (const one of spots) {
      one.x *= Math.min(1.5, Math.max(1, wider));
      one.y *= Math.min(1.5, Math.max(1, higher));
    }
    separate(spots, Math.min(WIDEST, Math.max(FONT, needed)), family);
  }
  cy.batch(() => spots.forEach((one) => cy.getElementById(one.id).position({ x: one.x, y: one.y })));
}

/** The nearest node in a direction from another. */
function nextTo(cy, from, [dx, dy]) {
  const at = from.position();
  const costs = cy.nodes().map((node) => {
    const [x, y] = [node.position("x") - at.x, node.position("y") - at.y];
    const [along, aside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
    return { node, cost: along > 0 ? along + 2 * aside : Infinity };
  });
  const best = costs.reduce((one, other) => (other.cost < one.cost ? other : one), { cost: Infinity });
  return best.node || null;
}

/**
 * Draw a part of a network into `stage`, if it is still `wanted` when the library is there. `told` is called: `chose(id)`
 * when a node is pressed or walked to with the keyboard, with null when none is any more, `open(id)` when the chosen one
 * is pressed again. Gives an object that chooses, zooms, fits, and does something with the figure as it is saved.
 */
export async function draw(stage, shown, groups, wanted, told) {
  if (!document.getElementById(STYLE_ID)) document.head.append(h("meta", { id: STYLE_ID }));
  const cytoscape = await vendored("cytoscape", "cytoscape/cytoscape.min.js");
  if (!wanted()) return null;
  let tone = tones();
  const cy = cytoscape({
    container: stage,
    elements: elements(shown, groups),
    style: look(tone),
    layout: { name: "preset" },
    minZoom: 0.01,
    maxZoom: 4,
    boxSelectionEnabled: false,
    autounselectify: true,
  });
  cy.nodes().addClass("named");
  arrange(cy, tone.family);
  const weightiest = [...cy.nodes()].sort((a, b) => b.data("weight") - a.data("weight"));
  let here = null;
  let moved = false;
  let pending = 0;

  /** Size nodes and lines and write names for a picture at `zoom`: as large as can be read, and only where they cover nothing. */
  const name = (zoom) => {
    const font = Math.min(LARGEST, Math.max(SMALLEST, FONT * zoom));
    const first = here ? here.closedNeighborhood().nodes() : cy.collection();
    const order = [...weightiest].sort((a, b) => first.has(b) - first.has(a));
    const named = readable(
      order.map((node) => spot(node, zoom)),
      font,
      tone.family,
    );
    cy.batch(() => {
      cy.edges().forEach((edge) => {
        edge.style("width", Math.max(edge.data("width"), THINNEST / zoom));
      });
      cy.nodes().forEach((node) => {
        const width = 2 * radius(node, zoom);
        node.toggleClass("named", named.has(node.id())).style({ "font-size": font / zoom, width, height: width });
      });
    });
  };
  const nameLater = () => {
    pending ||= requestAnimationFrame(() => {
      pending = 0;
      if (!cy.destroyed()) name(cy.zoom());
    });
  };
  const light = (node) => {
    here = node;
    cy.batch(() => {
      cy.elements().removeClass("far near here");
      if (!node) return;
      const near = node.closedNeighborhood();
      cy.elements().difference(near).addClass("far");
      near.edges().addClass("near");
      node.addClass("here");
    });
    name(cy.zoom());
  };
  let chosen = null;
  const choose = (id) => {
    chosen = id ? cy.getElementById(id)[0] || null : null;
    light(chosen);
  };
  const fit = () => {
    moved = false;
    const box = cy.nodes().boundingBox({ includeLabels: false });
    const zoom = fitting(cy, box.w, box.h);
    const { top, bottom } = margins(cy);
    const middle = { x: cy.width() / 2, y: (cy.height() + top - bottom) / 2 };
    const pan = { x: middle.x - (zoom * (box.x1 + box.x2)) / 2, y: middle.y - (zoom * (box.y1 + box.y2)) / 2 };
    cy.viewport({ zoom, pan });
    name(zoom);
  };
  const zoom = (by) => {
    moved = true;
    cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  };
  const pick = (id) => {
    choose(id);
    told.chose(id);
  };
  const walk = (direction) => {
    const node = chosen ? nextTo(cy, chosen, direction) : weightiest[0];
    if (node) pick(node.id());
  };
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS) walk(STEPS[event.key]);
    else if (event.key === "Enter" && chosen) told.open(chosen.id());
    else if (event.key === "Escape" && chosen) pick(null);
    else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  };
  // the wheel alone scrolls the page
  const wheel = (event) => cy.userZoomingEnabled(event.ctrlKey || event.metaKey);
  const restyle = () => {
    tone = tones();
    cy.style(look(tone));
    name(cy.zoom());
  };
  // until a reader moves the figure, it fits its frame, also when the frame changes
  const frame = new ResizeObserver(() => {
    if (!stage.isConnected) {
      end();
      return;
    }
    cy.resize();
    if (!moved) fit();
  });
  const end = () => {
    frame.disconnect();
    cancelAnimationFrame(pending);
    stage.removeEventListener("wheel", wheel, { capture: true });
    stage.removeEventListener("keydown", keys);
    document.removeEventListener("themechange", restyle);
    cy.destroy();
  };
  cy.on("zoom", nameLater);
  cy.on("position", "node", nameLater);
  cy.on("dragpan pinchzoom scrollzoom", () => {
    moved = true;
  });
  cy.on("mouseover", "node", (event) => light(event.target));
  cy.on("mouseout", "node", () => light(chosen));
  // the first press chooses, as there is no pointing at a node with a finger; the second opens
  cy.on("tap", "node", ({ target }) => {
    if (target.id() === chosen?.id()) told.open(target.id());
    else pick(target.id());
  });
  cy.on("tap", ({ target }) => {
    if (target === cy && chosen) pick(null);
  });
  stage.addEventListener("wheel", wheel, { capture: true, passive: true });
  stage.addEventListener("keydown", keys);
  document.addEventListener("themechange", restyle);
  frame.observe(stage);
  fit();
  return {
    cy,
    choose,
    zoom,
    fit,
    end,
    /** What `work(cy, tone, colours of nodes and lines)` gives of the figure at its own size, nothing dimmed. */
    asSaved(work) {
      light(null);
      name(1);
      const given = work(cy, tone, { fill: (node) => fill(node, tone), line: (edge) => lineColour(edge, tone) });
      light(chosen);
      return given;
    },
  };
}
