import { element, svgElement } from "./elements.js";
import { decimal, percent, ticks, whole } from "./numbers.js";

const MARGIN = { top: 12, right: 20, bottom: 44, left: 58 };

/**
 * Returns a figure with a chart of the available width, which is redrawn when the width changes: so its text has the
 * same size on a phone.
 */
export function figure(title, note, label, heightFor, draw) {
  const svg = svgElement("svg", { role: "img", "aria-label": label, class: "chart" });
  const container = element("div", { class: "chart-room" }, svg);
  new ResizeObserver(() => {
    const width = Math.max(240, Math.floor(container.clientWidth));
    if (svg.getAttribute("width") === String(width)) return;
    const height = heightFor(width);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren(...draw(width, height));
  }).observe(container);
  return element("figure", { class: "panel" },
    element("figcaption", {}, element("h3", {}, title), note ? element("p", {}, note) : null), container);
}

/**
 * Returns a chart of vertical bars. `bars`: `{ from, to, count, name }`, all of the same width. `axis`:
 * `{ title, format, isCentered }`; the last is true if a bar represents a number and not a range.
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
    const pitch = (right - left) / bars.length;
    const gap = Math.min(2, pitch / 5);
    const rectangles = bars.map((bar, index) => {
      // Even a count of 1 is visible.
      const barHeight = bar.count > 0 ? Math.max(1, bottom - y(bar.count)) : 0;
      const frame = { x: left + index * pitch + gap / 2, y: bottom - barHeight, width: pitch - gap, height: barHeight };
      return svgElement("rect", { class: "bar", ...frame },
        svgElement("title", {}, `${bar.name}: ${whole(bar.count)}`));
    });

    // Every edge is labeled if there is room, otherwise every second, fifth, tenth, …
    const every = [1, 2, 5, 10, 20, 50, 100].find((count) => count * pitch >= 42) ?? bars.length;
    const edges = bars.map((bar) => bar.from);
    if (!axis.isCentered) edges.push(bars.at(-1).to);
    const barWidth = bars[0].to - bars[0].from;
    const names = edges.map((edge, index) => (Math.round(edge / barWidth) % every === 0
      ? tickText(axis.format(edge), left + (index + (axis.isCentered ? 0.5 : 0)) * pitch, bottom + 16) : null));
    return [
      ...levelLines(levels, y, left, right), ...rectangles, ...names.filter(Boolean),
      line(left, bottom, right, bottom, "axis"), axisTitle(axis.title, (left + right) / 2, height - 6),
    ];
  });
}

/** Returns a chart of points connected by a line. `points`: `{ name, value }`, evenly spaced. */
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

/** Returns a fan of sectors from 0° to 180°, each with a radius in proportion to the length in its direction. */
export function directionChart(title, note, lengths) {
  const sum = lengths.reduce((total, length) => total + length, 0) || 1;
  const ratios = lengths.map((length) => length / sum);
  const most = Math.max(...ratios) || 1;
  const label = `${title}: ${Math.round(ratios.indexOf(most) * 180 / ratios.length)}° has the most, ${percent(most)}; `
    + `each direction would have ${percent(1 / ratios.length)}`;
  return figure(title, note, label, (width) => Math.min(340, Math.round(width / 2 + 30)), (width, height) => {
    const radius = Math.min(width / 2 - 40, height - 74);
    const [centerX, centerY] = [width / 2, height - 44];
    const at = (degrees, r) => {
      const angle = degrees * Math.PI / 180;
      return `${(centerX + r * Math.cos(angle)).toFixed(2)} ${(centerY - r * Math.sin(angle)).toFixed(2)}`;
    };
    const half = 90 / ratios.length;
    const sector = (from, to, r) => `M${centerX} ${centerY}L${at(from, r)}A${r} ${r} 0 0 0 ${at(to, r)}Z`;
    const ring = (ratio) => {
      const r = radius * ratio / most;
      return svgElement("path", { class: "level", d: `M${at(0, r)}A${r} ${r} 0 0 0 ${at(180, r)}` });
    };
    const name = (degrees, r) => {
      const [x, y] = at(degrees, r).split(" ");
      return svgElement("text", { class: "tick", x, y: Number(y) + 4 }, `${degrees}°`);
    };
    return [
      ring(most), ring(1 / ratios.length),
      ...ratios.flatMap((ratio, index) => {
        const degrees = index * 180 / ratios.length;
        const r = radius * ratio / most;
        const text = svgElement("title", {}, `${degrees}°: ${percent(ratio)}`);
        // The sector around 0° is also around 180°: half of it is on the other side.
        const paths = index === 0
          ? [sector(0, half, r), sector(180 - half, 180, r)] : [sector(degrees - half, degrees + half, r)];
        return paths.map((d) => svgElement("path", { class: "bar sector", d }, text.cloneNode(true)));
      }),
      line(centerX - radius, centerY, centerX + radius, centerY, "axis"),
      ...[0, 45, 90, 135, 180].map((degrees) => name(degrees, radius + 18)),
      axisTitle("0° horizontal, 90° vertical, 45° rising to the right", centerX, height - 4),
    ];
  });
}

/** Returns rows of horizontal bars. `rows`: `{ name, count, texts, part? }`; `part` of `count` is darker. */
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
