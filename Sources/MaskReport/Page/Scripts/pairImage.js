import { element } from "./elements.js";

const BLACK = [11, 11, 12];
export const WHITE = [255, 255, 255];
export const GRAY = [105, 105, 105];
export const ORANGE = [230, 159, 0];
export const BLUE = [86, 180, 233];

/** The views of a pair, with the color of a pixel by which of the two masks has a hole there. */
export const VIEWS = {
  candidate: { title: "Candidate", shade: (candidate) => (candidate ? WHITE : BLACK) },
  reference: { title: "Reference", shade: (_, reference) => (reference ? WHITE : BLACK) },
  overlay: { title: "Overlay", shade: overlay },
  marked: { title: "Marked", shade: (candidate, reference) => (candidate && reference ? GRAY : BLACK), hasMarks: true },
};

function overlay(candidate, reference) {
  if (candidate === reference) return candidate ? WHITE : BLACK;
  return candidate ? ORANGE : BLUE;
}

/** Returns a color as in style sheets. */
export function css(color) {
  return `rgb(${color.join(" ")})`;
}

/** Returns the image of a pair: white for both, orange for only the candidate, blue for only the reference. */
export function pairImage(pair) {
  const image = new Image();
  image.src = `data:image/png;base64,${pair.image}`;
  return image;
}

/** Returns a canvas with a view of a pair's image, which is drawn once the image is decoded. */
export function drawView(image, view) {
  const canvas = element("canvas", { class: "pixels", "aria-hidden": "true" });
  image.decode().then(() => {
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    paint(canvas.getContext("2d", { willReadFrequently: true }), image, VIEWS[view]);
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
    // Orange and white have red values of at least 230, blue and white blue values of at least 233; all others are
    // below 90.
    const [candidate, reference] = [data[index] > 160, data[index + 2] > 160];
    if (hasMarks && candidate !== reference) differing.push([index / 4, candidate]);
    data.set(shade(candidate, reference), index);
  }
  context.putImageData(pixels, 0, 0);
  // Marks show pixels that would otherwise be invisible. Many large marks would hide the positions of the pixels.
  const radius = differing.length > width * height / 50 ? 0.6 : Math.max(width, height) / 90;
  for (const [pixel, isCandidate] of differing) {
    context.fillStyle = css(isCandidate ? ORANGE : BLUE);
    context.beginPath();
    context.arc(pixel % width + 0.5, Math.floor(pixel / width) + 0.5, radius, 0, 2 * Math.PI);
    context.fill();
  }
}
