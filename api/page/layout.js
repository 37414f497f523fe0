// Where to draw the nodes of a network: the force model of Fruchterman and Reingold (1991), from a fixed start, so that
// the same network always gives the same picture.

const SIZE = 1000;
const MARGIN = 90;
const STEPS = 320;

/** A map from node to {x, y} inside the square. `edges` are {source, target, weight}. */
export function layout(nodes, edges) {
  const count = nodes.length;
  const index = new Map(nodes.map((node, i) => [node, i]));
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  nodes.forEach((_, i) => {
    // a sunflower: even, and different for every node
    const radius = Math.sqrt((i + 0.5) / count) * 0.5;
    x[i] = radius * Math.cos(i * 2.399963);
    y[i] = radius * Math.sin(i * 2.399963);
  });
  const ideal = Math.sqrt(1 / Math.max(1, count)) * 0.9;
  const pulls = edges.map((edge) => [index.get(edge.source), index.get(edge.target), 1 + Math.log(edge.weight)]);
  for (let step = 0; step < STEPS; step += 1) {
    const dx = new Float64Array(count);
    const dy = new Float64Array(count);
    for (let i = 0; i < count; i += 1) {
      for (let j = i + 1; j < count; j += 1) {
        const [ex, ey] = [x[i] - x[j], y[i] - y[j]];
        const square = ex * ex + ey * ey + 1e-6;
        const force = (ideal * ideal) / square;
        dx[i] += ex * force; dy[i] += ey * force;
        dx[j] -= ex * force; dy[j] -= ey * force;
      }
      dx[i] -= x[i] * 0.35; dy[i] -= y[i] * 0.35;
    }
    for (const [a, b, weight] of pulls) {
      const [ex, ey] = [x[a] - x[b], y[a] - y[b]];
      const force = (Math.hypot(ex, ey) / ideal) * 0.06 * weight;
      dx[a] -= ex * force; dy[a] -= ey * force;
      dx[b] += ex * force; dy[b] += ey * force;
    }
    const heat = 0.08 * (1 - step / STEPS);
    for (let i = 0; i < count; i += 1) {
      const length = Math.hypot(dx[i], dy[i]) || 1;
      const move = Math.min(length, heat) / length;
      x[i] += dx[i] * move;
      y[i] += dy[i] * move;
    }
  }
  const bounds = (values) => [Math.min(...values), Math.max(...values)];
  const [left, right] = count ? bounds(x) : [0, 1];
  const [top, bottom] = count ? bounds(y) : [0, 1];
  const fit = (value, low, high) => MARGIN + (high - low < 1e-9 ? 0.5 : (value - low) / (high - low)) * (SIZE - 2 * MARGIN);
  return new Map(nodes.map((node, i) => [node, { x: Math.round(fit(x[i], left, right)), y: Math.round(fit(y[i], top, bottom)) }]));
}
