import { element, svgElement } from "./elements.js";
import { pathDataOf } from "./decoding.js";

/** Colors that differ for color-blind people too (Okabe and Ito), without the black. */
const COLOURS = ["#e69f00", "#56b4e9", "#f0e442", "#cc79a7", "#009e73", "#d55e00", "#3f8fd2", "#bbbbbb"];

/** A mask as a picture, hole in white: a vector as an SVG with a path for each stroke, a picture as it is. */
export function maskDrawing(mask) {
  if (mask.picture !== undefined) {
    return element("img", { class: "pixels", alt: "", src: `data:image/png;base64,${mask.picture}` });
  }
  return svgElement("svg", { viewBox: `0 0 ${mask.width} ${mask.height}`, "aria-hidden": "true" },
    svgElement("rect", { width: mask.width, height: mask.height, fill: "#0b0b0c" }),
    svgElement("g", { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" },
      mask.strokes.map((stroke) =>
        svgElement("path", { d: pathDataOf(stroke.path), stroke: "#fff", "stroke-width": stroke.width }))));
}

/** A color for each word of a mask, in the order in which they come; gray for strokes without a word. */
export function wordColors(strokes) {
  const words = [...new Set(strokes.map((stroke) => stroke.word))].filter((word) => word !== undefined);
  const colors = new Map(words.map((word, index) => [word, COLOURS[index % COLOURS.length]]));
  return (stroke) => colors.get(stroke.word) ?? "#dddddd";
}
