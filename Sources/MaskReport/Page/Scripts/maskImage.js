import { element, svgElement } from "./elements.js";
import { pathDataOf } from "./decoding.js";

/** Colors that color-blind people can distinguish (Okabe and Ito), without black. */
const COLORS = ["#e69f00", "#56b4e9", "#f0e442", "#cc79a7", "#009e73", "#d55e00", "#3f8fd2", "#bbbbbb"];

/** Returns a mask with white holes: an SVG with a path for each stroke of a vector, or an image. */
export function maskImage(mask) {
  if (mask.image !== undefined) {
    return element("img", { class: "pixels", alt: "", src: `data:image/png;base64,${mask.image}` });
  }
  return svgElement("svg", { viewBox: `0 0 ${mask.width} ${mask.height}`, "aria-hidden": "true" },
    svgElement("rect", { width: mask.width, height: mask.height, fill: "#0b0b0c" }),
    svgElement("g", { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" },
      mask.strokes.map((stroke) =>
        svgElement("path", { d: pathDataOf(stroke.path), stroke: "#fff", "stroke-width": stroke.width }))));
}

/** Returns a function from a stroke to the color of its word; gray for strokes without a word. */
export function wordColors(strokes) {
  const words = [...new Set(strokes.map((stroke) => stroke.word))].filter((word) => word !== undefined);
  const colors = new Map(words.map((word, index) => [word, COLORS[index % COLORS.length]]));
  return (stroke) => colors.get(stroke.word) ?? "#dddddd";
}
