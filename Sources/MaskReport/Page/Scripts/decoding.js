// Reads what CompactCode.swift writes.

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Shares of 0 to 1: two bytes each, the low one first, in 1/65,535. */
export function sharesOf(base64) {
  const bytes = bytesOf(base64);
  return Float32Array.from({ length: bytes.length / 2 }, (_, index) =>
    (bytes[2 * index] + 256 * bytes[2 * index + 1]) / 65535);
}

/**
 * A path as the data of an SVG path in px: steps from point to point in 0.01 px, seven bits a byte, the sign in the
 * lowest bit. A single point is a line of no length: other spellings of a dot vanish in some browsers.
 */
export function pathDataOf(base64) {
  const numbers = [];
  let [number, factor] = [0, 1];
  for (const byte of bytesOf(base64)) {
    // Not by shifts, which have 32 bits.
    number += (byte & 127) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    numbers.push(number % 2 === 1 ? -(number + 1) / 2 : number / 2);
    [number, factor] = [0, 1];
  }
  const px = (hundredths) => String(hundredths / 100);
  const start = `M${px(numbers[0])} ${px(numbers[1])}`;
  if (numbers.length === 2) return `${start}h0`;
  return `${start}l${numbers.slice(2).map(px).join(" ")}`;
}

/** How many points the path has. */
export function pointCountOf(base64) {
  return bytesOf(base64).filter((byte) => byte < 128).length / 2;
}
