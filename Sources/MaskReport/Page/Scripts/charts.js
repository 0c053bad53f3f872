import { element, svgElement } from "./elements.js";
import { decimal, percent, ticks, whole } from "./numbers.js";

const MARGIN = { top: 12, right: 20, bottom: 44, left: 58 };

/**
 * A figure with a chart that is drawn as wide as there is room, and again when that changes: so its letters keep their
 * size on a phone.
 */
export function figure(title, note, label, heightFor, draw) {
  const svg = svgElement("svg", { role: "img", "aria-label": label, class: "chart" });
  const room = element("div", { class: "chart-room" }, svg);
  new ResizeObserver(() => {
    const width = Math.max(240, Math.floor(room.clientWidth));
    if (svg.getAttribute("width") === String(width)) return;
    const height = heightFor(width);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren(...draw(width, height));
  }).observe(room);
  return element("figure", { class: "panel" },
    element("figcaption", {}, element("h3", {}, title), note ? element("p", {}, note) : null), room);
}

/**
 * Bars side by side. `bars`: `{ from, to, count, name }`, all of one width. `axis`: `{ title, format, isCentered }`, the
 * last if a bar stands for a number and not for what lies between two.
 */
export function barChart(title, note, bars, axis) {
  const most = Math.max(...bars.map((bar) => bar.count), 1);
  const peak = bars.find((bar) => bar.count === most);
  const label = `${title}: ${bars.length} bars from ${axis.format(bars[0].from)} to `
    + `${axis.format(bars.at(-1).to)}, most at ${peak?.name ?? "none"} with ${whole(most)}`;
  return figure(title, note, label, () => 240, (width, height) => {
    const [left, right] = [MARGIN.left, width - MARGIN.right];
    const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
    const levels = ticks(most, Math.min(4, most));
    const y = (count) => bottom - (bottom - top) * count / levels.at(-1);
    const step = (right - left) / bars.length;
    const gap = Math.min(2, step / 5);
    const rectangles = bars.map((bar, index) => {
      // However few there are, they show.
      const barHeight = bar.count > 0 ? Math.max(1, bottom - y(bar.count)) : 0;
      const frame = { x: left + index * step + gap / 2, y: bottom - barHeight, width: step - gap, height: barHeight };
      return svgElement("rect", { class: "bar", ...frame },
        svgElement("title", {}, `${bar.name}: ${whole(bar.count)}`));
    });

    // One in 1, 2, 5, 10, … is named, as far as there is room.
    const every = [1, 2, 5, 10, 20, 50, 100].find((count) => count * step >= 42) ?? bars.length;
    const edges = bars.map((bar) => bar.from);
    if (!axis.isCentered) edges.push(bars.at(-1).to);
    const barWidth = bars[0].to - bars[0].from;
    const names = edges.map((edge, index) => (Math.round(edge / barWidth) % every === 0
      ? tickText(axis.format(edge), left + (index + (axis.isCentered ? 0.5 : 0)) * step, bottom + 16) : null));
    return [
      ...levelLines(levels, y, left, right), ...rectangles, ...names.filter(Boolean),
      line(left, bottom, right, bottom, "axis"), axisTitle(axis.title, (left + right) / 2, height - 6),
    ];
  });
}

/** Points joined by a line. `points`: `{ name, value }`, evenly set apart. */
export function lineChart(title, note, points, axis) {
  const label = `${title}: ${points.map((point) => `${point.name} ${axis.format(point.value)}`).join(", ")}`;
  return figure(title, note, label, () => 240, (width, height) => {
    const [left, right] = [MARGIN.left, width - MARGIN.right];
    const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
    const levels = ticks(Math.max(...points.map((point) => point.value)) * 1.15);
    const y = (value) => bottom - (bottom - top) * value / levels.at(-1);
    const x = (index) => left + (right - left) * (index + 0.5) / points.length;
    const path = points.map((point, index) => `${index === 0 ? "M" : "L"}${x(index)} ${y(point.value)}`).join("");
    return [
      ...levelLines(levels, y, left, right, axis.format),
      svgElement("path", { d: path, class: "curve" }),
      ...points.flatMap((point, index) => [
        svgElement("circle", { class: "dot", cx: x(index), cy: y(point.value), r: 5 }),
        svgElement("text", { x: x(index), y: y(point.value) - 12, class: "value" }, axis.format(point.value)),
        tickText(point.name, x(index), bottom + 16),
      ]),
      line(left, bottom, right, bottom, "axis"), axisTitle(axis.title, (left + right) / 2, height - 6),
    ];
  });
}

/** How much runs which way: a fan of sectors around directions from 0° up to 180°, each as long as its share. */
export function directionChart(title, note, lengths) {
  const sum = lengths.reduce((total, length) => total + length, 0) || 1;
  const shares = lengths.map((length) => length / sum);
  const most = Math.max(...shares) || 1;
  const label = `${title}: ${Math.round(shares.indexOf(most) * 180 / shares.length)}° has most, ${percent(most)}; `
    + `evenly spread, each would have ${percent(1 / shares.length)}`;
  return figure(title, note, label, (width) => Math.min(340, Math.round(width / 2 + 30)), (width, height) => {
    const radius = Math.min(width / 2 - 40, height - 74);
    const [centreX, centreY] = [width / 2, height - 44];
    const at = (degrees, r) => {
      const angle = degrees * Math.PI / 180;
      return `${(centreX + r * Math.cos(angle)).toFixed(2)} ${(centreY - r * Math.sin(angle)).toFixed(2)}`;
    };
    const half = 90 / shares.length;
    const sector = (from, to, r) => `M${centreX} ${centreY}L${at(from, r)}A${r} ${r} 0 0 0 ${at(to, r)}Z`;
    const ring = (share) => {
      const r = radius * share / most;
      return svgElement("path", { class: "level", d: `M${at(0, r)}A${r} ${r} 0 0 0 ${at(180, r)}` });
    };
    const name = (degrees, r) => {
      const [x, y] = at(degrees, r).split(" ");
      return svgElement("text", { class: "tick", x, y: Number(y) + 4 }, `${degrees}°`);
    };
    return [
      ring(most), ring(1 / shares.length),
      ...shares.flatMap((share, index) => {
        const degrees = index * 180 / shares.length;
        const r = radius * share / most;
        const text = svgElement("title", {}, `${degrees}°: ${percent(share)}`);
        // Around 0° is also around 180°: the half of the sector on the other side.
        const paths = index === 0
          ? [sector(0, half, r), sector(180 - half, 180, r)] : [sector(degrees - half, degrees + half, r)];
        return paths.map((d) => svgElement("path", { class: "bar sector", d }, text.cloneNode(true)));
      }),
      line(centreX - radius, centreY, centreX + radius, centreY, "axis"),
      ...[0, 45, 90, 135, 180].map((degrees) => name(degrees, radius + 18)),
      axisTitle("0° level, 90° upright, 45° rising to the right", centreX, height - 4),
    ];
  });
}

/** Rows of bars that lie. `rows`: `{ name, count, texts, part? }`, `part` being how much of `count` is darker. */
export function barRows(label, rows) {
  const most = Math.max(...rows.map((row) => row.count), 1);
  return element("ul", { class: "bar-rows", "aria-label": label },
    rows.map((row) => {
      const bar = element("span", { class: "lying", "aria-hidden": "true" },
        element("span", { class: "fill" }), row.part === undefined ? null : element("span", { class: "part" }));
      bar.children[0].style.width = `${100 * row.count / most}%`;
      if (row.part !== undefined) bar.children[1].style.width = `${100 * row.part / most}%`;
      return element("li", {}, element("span", { class: "name" }, row.name), bar,
        row.texts.map((text) => element("span", { class: "amount" }, text)));
    }));
}

function levelLines(levels, y, left, right, format = (value) => decimal(value)) {
  return levels.flatMap((level) => [
    line(left, y(level), right, y(level), "level"),
    svgElement("text", { class: "tick end", x: left - 8, y: y(level) + 4 }, format(level)),
  ]);
}

function line(x1, y1, x2, y2, name) {
  return svgElement("line", { class: name, x1, y1, x2, y2 });
}

function tickText(text, x, y) {
  return svgElement("text", { class: "tick", x, y }, text);
}

function axisTitle(text, x, y) {
  return svgElement("text", { class: "axis-title", x, y }, text);
}
