import { element } from "./elements.js";

const BLACK = [11, 11, 12];
export const WHITE = [255, 255, 255];
export const GRAY = [105, 105, 105];
export const ORANGE = [230, 159, 0];
export const BLUE = [86, 180, 233];

/** What can be shown of a pair, and the color of each pixel by which of the two has a hole there. */
export const SIDES = {
  candidate: { title: "Candidate", shade: (candidate) => (candidate ? WHITE : BLACK) },
  reference: { title: "Reference", shade: (_, reference) => (reference ? WHITE : BLACK) },
  overlay: { title: "Overlay", shade: overlay },
  marked: { title: "Marked", shade: (candidate, reference) => (candidate && reference ? GRAY : BLACK), hasMarks: true },
};

function overlay(candidate, reference) {
  if (candidate === reference) return candidate ? WHITE : BLACK;
  return candidate ? ORANGE : BLUE;
}

/** A color as style sheets have it. */
export function css(color) {
  return `rgb(${color.join(" ")})`;
}

/** The picture that a pair has: white both, orange the candidate alone, blue the reference alone. */
export function pairImage(pair) {
  const image = new Image();
  image.src = `data:image/png;base64,${pair.picture}`;
  return image;
}

/** A canvas with one side of a picture, drawn once that is decoded. */
export function drawSide(image, side) {
  const canvas = element("canvas", { class: "pixels", "aria-hidden": "true" });
  image.decode().then(() => {
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    paint(canvas.getContext("2d", { willReadFrequently: true }), image, SIDES[side]);
  });
  return canvas;
}

function paint(context, image, { shade, hasMarks }) {
  const { width, height } = context.canvas;
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, width, height);
  const { data } = pixels;
  const differing = [];
  for (let index = 0; index < data.length; index += 4) {
    // Orange and white are red from 230 on, blue and white are blue from 233 on; all others are below 90.
    const [candidate, reference] = [data[index] > 160, data[index + 2] > 160];
    if (hasMarks && candidate !== reference) differing.push([index / 4, candidate]);
    data.set(shade(candidate, reference), index);
  }
  context.putImageData(pixels, 0, 0);
  // Marks are for pixels that one would not see; of many, they would hide where they are.
  const radius = differing.length > width * height / 50 ? 0.6 : Math.max(width, height) / 90;
  for (const [pixel, isCandidate] of differing) {
    context.fillStyle = css(isCandidate ? ORANGE : BLUE);
    context.beginPath();
    context.arc(pixel % width + 0.5, Math.floor(pixel / width) + 0.5, radius, 0, 2 * Math.PI);
    context.fill();
  }
}
