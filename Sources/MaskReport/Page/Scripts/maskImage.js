import { element, svgElement } from "./elements.js";
import { dotDataOf, pathDataOf } from "./decoding.js";

/** Colors that color-blind people can distinguish (Okabe and Ito), without black. */
const COLORS = ["#e69f00", "#56b4e9", "#f0e442", "#cc79a7", "#009e73", "#d55e00", "#3f8fd2", "#bbbbbb"];

/** Returns a mask with white holes: an SVG with a group for each stroke of a vector, or an image. */
export function maskImage(mask) {
  if (mask.image !== undefined) {
    return element("img", { class: "pixels", alt: "", src: `data:image/png;base64,${mask.image}` });
  }
  return svgElement("svg", { viewBox: `0 0 ${mask.width} ${mask.height}`, "aria-hidden": "true" },
    svgElement("rect", { width: mask.width, height: mask.height, fill: "#0b0b0c" }),
    mask.strokes.map(strokeImage));
}

/** Returns a stroke in the color of its group: `color`. */
function strokeImage(stroke) {
  const paint = { stroke: stroke.width > 0 ? "currentColor" : "none", "stroke-width": stroke.width };
  const [start, end] = stroke.caps ?? ["round", "round"];
  const isFlat = start === "butt" || end === "butt";
  return svgElement("g", { class: "stroke", color: "#fff", "stroke-linejoin": "round", "stroke-linecap": "round" },
    svgElement("path", {
      d: pathDataOf(stroke), fill: stroke.fill ? "currentColor" : "none", "fill-rule": "evenodd",
      "stroke-linecap": isFlat ? "butt" : null, ...paint,
    }),
    // Both ends of a path have the same form: a dot makes one of them round.
    isFlat && start === "round" ? svgElement("path", { d: dotDataOf(stroke, false), ...paint }) : null,
    isFlat && end === "round" ? svgElement("path", { d: dotDataOf(stroke, true), ...paint }) : null);
}

/** Returns a function from a stroke to the color of its word; gray for strokes without a word. */
export function wordColors(strokes) {
  const words = [...new Set(strokes.map((stroke) => stroke.word))].filter((word) => word !== undefined);
  const colors = new Map(words.map((word, index) => [word, COLORS[index % COLORS.length]]));
  return (stroke) => colors.get(stroke.word) ?? "#dddddd";
}
