// The coordination network as a picture one can filter, move and take away.

import { apiOnce, download, h } from "./dom.js";
import { agencyName, t } from "./i18n.js";
import { agencyLink } from "./statements.js";
import { layout } from "./layout.js";

const SPACE = "http://www.w3.org/2000/svg";
const SIZE = 1000;

function s(name, attributes, ...children) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Edges of at least that weight, and the nodes they join. */
function visible(network, weight) {
  const edges = network.edges.filter((edge) => edge.weight >= weight);
  const joined = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  return { nodes: network.nodes.filter((node) => joined.has(node.id)), edges };
}

const short = (name) => (name.length > 34 ? `${name.slice(0, 32)}…` : name);

function draw(shown, measures) {
  const places = layout(shown.nodes.map((node) => node.id), shown.edges);
  const heaviest = Math.max(1, ...shown.edges.map((edge) => edge.weight));
  const busiest = Math.max(1, ...shown.nodes.map((node) => measures.get(node.id)?.joint || 0));
  const at = (id) => places.get(id);
  const lines = new Map(shown.nodes.map((node) => [node.id, []]));
  const svg = s("svg", { xmlns: SPACE, viewBox: `0 0 ${SIZE} ${SIZE}`, class: "graph", role: "group", "aria-label": t("network") });
  for (const edge of [...shown.edges].sort((a, b) => a.weight - b.weight)) {
    const [one, other] = [at(edge.source), at(edge.target)];
    const line = s("line", { x1: one.x, y1: one.y, x2: other.x, y2: other.y, class: "edge", "stroke-width": 1 + (7 * edge.weight) / heaviest });
    line.append(s("title", {}, `${edge.weight} ${t("joint")}`));
    lines.get(edge.source).push(line);
    lines.get(edge.target).push(line);
    svg.append(line);
  }
  for (const node of shown.nodes) {
    const { x, y } = at(node.id);
    const measure = measures.get(node.id);
    const radius = 7 + 15 * Math.sqrt((measure?.joint || 0) / busiest);
    const link = s("a", { href: agencyLink(node.id.replace(/^agency\//, "")), class: `node cluster-${((measure?.cluster || 1) - 1) % 6}` },
      s("circle", { cx: x, cy: y, r: radius }),
      s("text", { x, y: y + radius + 17, "text-anchor": "middle" }, short(agencyName({ name: node.label, name_en: node.label_en }))),
      s("title", {}, `${node.label}: ${measure?.partners ?? 0} ${t("partners").toLowerCase()}, ${measure?.joint ?? 0} ${t("joint")}`));
    const light = (on) => () => { svg.classList.toggle("focus", on); link.classList.toggle("lit", on); for (const line of lines.get(node.id)) line.classList.toggle("lit", on); };
    for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) link.addEventListener(event, light(on));
    svg.append(link);
  }
  return svg;
}

/** Zoom with the wheel about the pointer, move by dragging the ground. */
function movable(svg) {
  let view = { x: 0, y: 0, size: SIZE };
  const set = () => svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.size} ${view.size}`);
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    const [px, py] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const size = Math.min(2 * SIZE, Math.max(SIZE / 8, view.size * (event.deltaY > 0 ? 1.15 : 1 / 1.15)));
    view = { x: view.x + px * (view.size - size), y: view.y + py * (view.size - size), size };
    set();
  }, { passive: false });
  let from = null;
  svg.addEventListener("pointerdown", (event) => { if (event.target === svg) { from = { x: event.clientX, y: event.clientY, view: { ...view } }; svg.setPointerCapture(event.pointerId); } });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = view.size / svg.getBoundingClientRect().width;
    view = { ...view, x: from.view.x - (event.clientX - from.x) * scale, y: from.view.y - (event.clientY - from.y) * scale };
    set();
  });
  for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => { from = null; });
  return svg;
}

/** The drawing as a file of its own, with the page's colours written into it. */
function standalone(svg) {
  const copy = svg.cloneNode(true);
  copy.setAttribute("width", SIZE);
  copy.setAttribute("height", SIZE);
  const sources = svg.querySelectorAll("line, circle, text");
  copy.querySelectorAll("line, circle, text").forEach((element, index) => {
    const style = getComputedStyle(sources[index]);
    for (const name of ["fill", "stroke", "stroke-opacity", "font-size", "font-family"]) element.setAttribute(name, style.getPropertyValue(name));
  });
  const ground = s("rect", { x: 0, y: 0, width: "100%", height: "100%", fill: getComputedStyle(document.body).backgroundColor });
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function savePng(svg) {
  const image = new Image();
  image.onload = () => {
    const canvas = h("canvas", { width: 2 * SIZE, height: 2 * SIZE });
    canvas.getContext("2d").drawImage(image, 0, 0, 2 * SIZE, 2 * SIZE);
    canvas.toBlob((blob) => download("network.png", blob));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
}

/** The view, with its filters in the URL. */
export async function networkView(main, parameters) {
  const withCollectives = parameters.get("collectives") === "1";
  const network = await apiOnce(`/network?collectives=${withCollectives}`);
  const measures = new Map(network.measures.map((row) => [row.agency, row]));
  const heaviest = Math.max(1, ...network.edges.map((edge) => edge.weight));
  let least = Math.min(heaviest, Math.max(1, Number(parameters.get("weight")) || 1));
  const stage = h("div", { class: "stage" });
  const count = h("span", { class: "faint", "aria-live": "polite" });
  const figure = h("output", {}, String(least));
  const address = (collectives) => `#/network?${new URLSearchParams({ weight: least, collectives: collectives ? 1 : 0 })}`;
  let svg = null;
  const redraw = () => {
    const shown = visible(network, least);
    svg = movable(draw(shown, measures));
    stage.replaceChildren(svg);
    figure.textContent = least;
    count.textContent = `${shown.nodes.length} ${t("agencies").toLowerCase()}, ${shown.edges.length} ${t("links")}`;
    history.replaceState(null, "", address(withCollectives));
  };
  const weight = h("input", { type: "range", min: 1, max: heaviest, value: least, oninput: (event) => { least = Number(event.target.value); redraw(); } });
  const collectives = h("input", { type: "checkbox", checked: withCollectives, onchange: (event) => { location.hash = address(event.target.checked); } });
  const brokers = [...measures.values()].sort((a, b) => b.brokerage - a.brokerage).slice(0, 8).filter((row) => row.brokerage >= 0.005);
  const busiest = [...measures.values()].slice(0, 8);
  const ranking = (title, why, rows, value) => (rows.length ? [h("h2", {}, title), h("ol", { class: "plain" }, rows.map((row) => h("li", {},
    h("a", { href: agencyLink(row.agency.replace(/^agency\//, "")) }, agencyName({ name: row.label, name_en: row.label_en })), h("span", { class: "faint" }, ` ${value(row)}`)))),
  h("p", { class: "faint" }, why)] : null);
  main.replaceChildren(h("section", { class: "page wide" }, h("h1", {}, t("network")), h("p", { class: "lead" }, t("network_lead")),
    h("div", { class: "filters" }, h("label", {}, `${t("min_weight")} `, weight, figure), h("label", {}, collectives, ` ${t("show_collective")}`), count),
    h("div", { class: "with-side" }, stage, h("aside", { class: "panel" },
      ranking(t("busiest"), t("busiest_why"), busiest, (row) => row.partners),
      ranking(t("broker"), t("broker_why"), brokers, (row) => row.brokerage.toFixed(2)))),
    h("div", { class: "tools" },
      h("button", { type: "button", class: "quiet", onclick: () => download("network.svg", standalone(svg), "image/svg+xml") }, t("export_svg")),
      h("button", { type: "button", class: "quiet", onclick: () => savePng(svg) }, t("export_png")),
      ["graphml", "gexf"].map((form) => h("a", { class: "quiet", href: `/network?format=${form}&collectives=${withCollectives}`, download: `network.${form}` }, t(form))))));
  redraw();
}
