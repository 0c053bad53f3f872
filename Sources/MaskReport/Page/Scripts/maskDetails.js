import { pointCountOf } from "./decoding.js";
import { maskImage, wordColors } from "./maskImage.js";
import { element, facts, switchField } from "./elements.js";
import { decimal, percent, whole } from "./numbers.js";

/** Returns the contents of the viewer for a mask: its strokes, colored by word, and their origins. */
export function maskDetails(mask, words) {
  const drawing = maskImage(mask);
  const image = element("div", { class: "sheet", role: "img", "aria-label": `The mask ${mask.name}` }, drawing);
  const details = [
    facts("pairs", [
      ["Hole ratio", percent(mask.ratio, 2)],
      ["Size", `${mask.width} × ${mask.height} px`],
      mask.split && ["Split", mask.split],
      mask.strokes && ["Strokes", whole(mask.strokes.length)],
    ]),
  ];
  if (mask.strokes) {
    const colorOf = wordColors(mask.strokes);
    const groups = [...drawing.querySelectorAll(".stroke")];
    const color = (kind) => groups.forEach((group, index) =>
      group.setAttribute("color", kind === "words" ? colorOf(mask.strokes[index]) : "#fff"));
    color("words");
    const kinds = [["words", "By word"], ["mask", "As the mask"]];
    details.push(
      switchField("colors", "Colors of the strokes", kinds, "words", color),
      strokeTable(mask.strokes, words, colorOf, groups));
  }
  return { title: mask.name, image, ratio: mask.width / mask.height, details };
}

/** Returns a table of the strokes of a mask; the image highlights a stroke that is pointed at or pressed. */
function strokeTable(strokes, words, colorOf, groups) {
  let pressed = null;
  const highlight = (index) =>
    groups.forEach((group, other) => group.classList.toggle("dim", index !== null && other !== index));
  const press = (index) => {
    pressed = pressed === index ? null : index;
    rows.forEach((row, other) =>
      row.querySelector("button").setAttribute("aria-pressed", String(other === pressed)));
    highlight(pressed);
  };
  const rows = strokes.map((stroke, index) => {
    const swatch = element("button", {
      type: "button", class: "swatch", "aria-pressed": "false", "aria-label": `Highlight stroke ${index + 1}`,
      click: () => press(index),
    });
    swatch.style.setProperty("--color", colorOf(stroke));
    const figures = [String(stroke.stroke ?? "–"), decimal(stroke.width), whole(pointCountOf(stroke.path))];
    return element("tr", { pointerenter: () => highlight(index), pointerleave: () => highlight(pressed) },
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
