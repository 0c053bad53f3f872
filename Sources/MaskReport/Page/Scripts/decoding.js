// Decodes what PageDataEncoding.swift encodes.

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Returns ratios of 0 to 1 from two bytes each, the low byte first, in units of 1/65,535. */
export function ratiosOf(base64) {
  const bytes = bytesOf(base64);
  return Float32Array.from({ length: bytes.length / 2 }, (_, index) =>
    (bytes[2 * index] + 256 * bytes[2 * index + 1]) / 65535);
}

/** Returns the numbers of a path in 0.01 px, from seven bits per byte and the sign in the lowest bit. */
function hundredthsOf(base64) {
  const numbers = [];
  let [number, factor] = [0, 1];
  for (const byte of bytesOf(base64)) {
    // Not with shifts, which are limited to 32 bits.
    number += (byte & 127) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    numbers.push(number % 2 === 1 ? -(number + 1) / 2 : number / 2);
    [number, factor] = [0, 1];
  }
  return numbers;
}

/**
 * Returns the data of an SVG path in px, closed if the stroke is filled. A single point becomes a line of length 0: some
 * browsers do not draw other forms of a dot.
 */
export function pathDataOf({ path, fill }) {
  const px = (hundredths) => String(hundredths / 100);
  const numbers = hundredthsOf(path);
  const start = `M${px(numbers[0])} ${px(numbers[1])}`;
  if (numbers.length === 2) return `${start}h0`;
  return `${start}l${numbers.slice(2).map(px).join(" ")}${fill ? "z" : ""}`;
}

/** Returns the data of an SVG path that is a dot at the first or the last point of a path. */
export function dotDataOf({ path }, isLast) {
  const numbers = hundredthsOf(path);
  let [x, y] = [numbers[0], numbers[1]];
  for (let index = 2; isLast && index < numbers.length; index += 2) {
    x += numbers[index];
    y += numbers[index + 1];
  }
  return `M${x / 100} ${y / 100}h0`;
}

/** Returns the number of points of a path. */
export function pointCountOf(base64) {
  return bytesOf(base64).filter((byte) => byte < 128).length / 2;
}
