import { pointCountOf } from "./code.js";
import { maskDrawing, wordColours } from "./drawing.js";
import { element, facts, switchField } from "./elements.js";
import { decimal, percent, whole } from "./numbers.js";

/** What the viewer shows of a mask: its strokes coloured by word, and where each of them comes from. */
export function maskParts(mask, words) {
  const drawing = maskDrawing(mask);
  const picture = element("div", { class: "sheet", role: "img", "aria-label": `The mask ${mask.name}` }, drawing);
  const details = [
    facts("pairs", [
      ["Hole", percent(mask.ratio, 2)],
      ["Size", `${mask.width} × ${mask.height} px`],
      mask.split && ["Split", mask.split],
      mask.strokes && ["Strokes", whole(mask.strokes.length)],
    ]),
  ];
  if (mask.strokes) {
    const colourOf = wordColours(mask.strokes);
    const paths = [...drawing.querySelectorAll("path")];
    const colour = (kind) => paths.forEach((path, index) =>
      path.setAttribute("stroke", kind === "words" ? colourOf(mask.strokes[index]) : "#fff"));
    colour("words");
    const kinds = [["words", "By word"], ["mask", "As the mask"]];
    details.push(
      switchField("colours", "Colours of the strokes", kinds, "words", colour),
      strokeTable(mask.strokes, words, colourOf, paths));
  }
  return { title: mask.name, picture, ratio: mask.width / mask.height, details };
}

/** The strokes of a mask; one that is pointed at or pressed stands out in the picture. */
function strokeTable(strokes, words, colourOf, paths) {
  let pressed = null;
  const showAlone = (index) =>
    paths.forEach((path, place) => path.classList.toggle("dim", index !== null && place !== index));
  const press = (index) => {
    pressed = pressed === index ? null : index;
    rows.forEach((row, place) =>
      row.querySelector("button").setAttribute("aria-pressed", String(place === pressed)));
    showAlone(pressed);
  };
  const rows = strokes.map((stroke, index) => {
    const swatch = element("button", {
      type: "button", class: "swatch", "aria-pressed": "false", "aria-label": `Show stroke ${index + 1} alone`,
      click: () => press(index),
    });
    swatch.style.setProperty("--colour", colourOf(stroke));
    const figures = [String(stroke.stroke ?? "–"), decimal(stroke.width), whole(pointCountOf(stroke.path))];
    return element("tr", { pointerenter: () => showAlone(index), pointerleave: () => showAlone(pressed) },
      element("td", {}, swatch),
      element("th", { scope: "row" }, words[stroke.word] ?? "–"),
      element("td", { class: "key" }, stroke.key ?? "–"),
      figures.map((figure) => element("td", { class: "number" }, figure)));
  });
  const headings = ["", "word", "key_id", "stroke", "width, px", "points"];
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Strokes" },
    element("table", { class: "strokes" },
      element("thead", {}, element("tr", {}, headings.map((text) => element("th", { scope: "col" }, text)))),
      element("tbody", {}, rows)));
}
