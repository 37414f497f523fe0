// Where the names of a drawing's nodes stand: below each node, in lines, and never over another name or a weightier node.

const LINE = 24;
const MOST = 3;
const GAP = 4;
const PAD = 6;
export const FONT = 13;
export const LEADING = 1.2;

const pen = document.createElement("canvas").getContext("2d");

/** A name in at most three lines. */
export function wrap(name) {
  const lines = [""];
  for (const word of name.split(/\s+/)) {
    const last = lines.length - 1;
    if (!lines[last]) lines[last] = word;
    else if (lines[last].length + 1 + word.length <= LINE) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST - 1), `${lines[MOST - 1]}…`];
}

/** The width and height of lines of text in `font` pixels. */
function measure(lines, font, family) {
  pen.font = `${font}px ${family}`;
  return { w: Math.max(...lines.map((line) => pen.measureText(line).width)), h: lines.length * font * LEADING };
}

/** The box of a node's name; `node` is {x, y, r, lines}, all in one scale with `font`. */
function labelBox(node, font, family) {
  const { w, h } = measure(node.lines, font, family);
  return { x1: node.x - w / 2, x2: node.x + w / 2, y1: node.y + node.r + GAP, y2: node.y + node.r + GAP + h };
}

const circleBox = (node) => ({ x1: node.x - node.r, x2: node.x + node.r, y1: node.y - node.r, y2: node.y + node.r });
const meet = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;

/** The nodes whose names can stand without covering a name or a node before them, in the order given. */
export function readable(nodes, font, family) {
  const circles = nodes.map(circleBox);
  const placed = [];
  const shown = new Set();
  nodes.forEach((node, index) => {
    const box = labelBox(node, font, family);
    if (placed.some((other) => meet(box, other)) || circles.slice(0, index).some((circle) => meet(box, circle))) return;
    placed.push(box);
    shown.add(node.id);
  });
  return shown;
}

/** Stretch the nodes' places over a rectangle of `wide` by `high`, its longer side along theirs. `nodes` are changed. */
export function spread(nodes, wide, high) {
  const range = (values) => [Math.min(...values), Math.max(...values)];
  let [[left, right], [top, bottom]] = [range(nodes.map((node) => node.x)), range(nodes.map((node) => node.y))];
  if (right - left < bottom - top !== wide < high) {
    for (const node of nodes) [node.x, node.y] = [node.y, node.x];
    [left, right, top, bottom] = [top, bottom, left, right];
  }
  for (const node of nodes) {
    node.x = ((node.x - left) / (right - left || 1)) * wide;
    node.y = ((node.y - top) / (bottom - top || 1)) * high;
  }
}

/** Move nodes apart, each as little as can be, until no node or name in `font` covers another. `nodes` are changed. */
export function separate(nodes, font, family, rounds = 400) {
  const boxes = nodes.map((node) => {
    const name = labelBox({ ...node, x: 0, y: 0 }, font, family);
    return { left: Math.max(node.r, name.x2) + PAD, up: node.r + PAD, down: name.y2 + PAD };
  });
  for (let round = 0, moved = true; moved && round < rounds; round += 1) {
    moved = false;
    for (let i = 0; i < nodes.length; i += 1) {
      for (let j = i + 1; j < nodes.length; j += 1) {
        const [a, b] = nodes[i].y <= nodes[j].y ? [i, j] : [j, i];
        const wide = boxes[i].left + boxes[j].left - Math.abs(nodes[i].x - nodes[j].x);
        const high = boxes[a].down + boxes[b].up - (nodes[b].y - nodes[a].y);
        if (wide <= 0 || high <= 0) continue;
        moved = true;
        if (wide < 1.5 * high) {
          const [left, right] = nodes[i].x <= nodes[j].x ? [i, j] : [j, i];
          nodes[left].x -= wide / 2;
          nodes[right].x += wide / 2;
        } else {
          nodes[a].y -= high / 2;
          nodes[b].y += high / 2;
        }
      }
    }
  }
}
