import { element } from "./elements.js";
import { percent } from "./numbers.js";
import { ratiosOf } from "./decoding.js";

/** Dark blue, green, light yellow: the lightness increases steadily, so that the map is readable without colors. */
const SHADES = [[13, 20, 46], [24, 72, 110], [29, 128, 125], [112, 180, 96], [226, 208, 98], [255, 247, 214]];

/** Returns a heat map of the holes; `size` is the most frequent size of the masks. */
export function heatMap(heat, size) {
  const ratios = ratiosOf(heat.ratios);
  const most = Math.max(...ratios, 1e-9);
  const canvas = element("canvas", {
    class: "heat", width: heat.columns, height: heat.rows, role: "img",
    "aria-label": `Heat map of the holes: ${describe(ratios, heat)}`,
  });
  canvas.style.aspectRatio = `${size.width} / ${size.height}`;
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(heat.columns, heat.rows);
  ratios.forEach((ratio, index) => pixels.data.set([...shade(ratio / most), 255], 4 * index));
  context.putImageData(pixels, 0, 0);

  const readout = element("output", { class: "reading" }, " ");
  canvas.addEventListener("pointermove", (event) => {
    const column = Math.min(heat.columns - 1, Math.floor(event.offsetX / canvas.clientWidth * heat.columns));
    const row = Math.min(heat.rows - 1, Math.floor(event.offsetY / canvas.clientHeight * heat.rows));
    if (column < 0 || row < 0) return;
    const x = Math.round((column + 0.5) * size.width / heat.columns);
    const y = Math.round((row + 0.5) * size.height / heat.rows);
    readout.textContent = `around (${x}, ${y}) px: hole ratio ${percent(ratios[row * heat.columns + column])}`;
  });
  canvas.addEventListener("pointerleave", () => { readout.textContent = " "; });

  const scale = element("div", { class: "scale", "aria-hidden": "true" });
  scale.style.backgroundImage =
    `linear-gradient(to right, ${SHADES.map((shade) => `rgb(${shade.join(" ")})`).join(", ")})`;
  return element("figure", { class: "panel" },
    element("figcaption", {}, element("h3", {}, "Positions of holes"),
      element("p", {}, "The mean hole ratio at each position in the image.")),
    canvas,
    element("div", { class: "scale-row" }, element("span", {}, "0 %"), scale, element("span", {}, percent(most))),
    readout);
}

function describe(ratios, { columns, rows }) {
  const mean = (rowRange, columnRange) => {
    let [sum, count] = [0, 0];
    for (let row = Math.floor(rows * rowRange[0]); row < rows * rowRange[1]; row += 1) {
      for (let column = Math.floor(columns * columnRange[0]); column < columns * columnRange[1]; column += 1) {
        sum += ratios[row * columns + column];
        count += 1;
      }
    }
    return percent(sum / Math.max(count, 1));
  };
  const [low, middle, high] = [[0, 1 / 3], [1 / 3, 2 / 3], [2 / 3, 1]];
  return `center ${mean(middle, middle)}, top ${mean(low, middle)}, bottom ${mean(high, middle)}, `
    + `left ${mean(middle, low)}, right ${mean(middle, high)}`;
}

function shade(value) {
  const position = Math.min(1, value) * (SHADES.length - 1);
  const index = Math.min(SHADES.length - 2, Math.floor(position));
  return SHADES[index].map((low, channel) => Math.round(low + (SHADES[index + 1][channel] - low) * (position - index)));
}
