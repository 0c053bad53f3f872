import { element } from "./elements.js";

/** What can be shown of a pair's picture: a colour for each of its pixels, by where there is a hole. */
export const SIDES = {
  candidate: { title: "Candidate", shade: (candidate) => (candidate ? WHITE : BLACK) },
  reference: { title: "Reference", shade: (_, reference) => (reference ? WHITE : BLACK) },
  overlay: {
    title: "Overlay",
    shade: null,
    legend: [["#e69f00", "only the candidate"], ["#56b4e9", "only the reference"], ["#ffffff", "both"]],
  },
};
const [BLACK, WHITE] = [[11, 11, 12], [255, 255, 255]];

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
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const { shade } = SIDES[side];
    if (!shade) return;
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const { data } = pixels;
    for (let index = 0; index < data.length; index += 4) {
      // Orange and white are red from 230 on, blue and white are blue from 233 on; all others are below 90.
      data.set(shade(data[index] > 160, data[index + 2] > 160), index);
    }
    context.putImageData(pixels, 0, 0);
  });
  return canvas;
}
