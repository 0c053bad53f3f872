// Numbers as text, independent of the browser's language.

/** `60,000` */
export function whole(number) {
  return Math.round(number).toLocaleString("en");
}

/** At most `places` decimals: `12.5` */
export function decimal(number, places = 2) {
  return number.toLocaleString("en", { maximumFractionDigits: places });
}

/** A ratio in percent: `12.3 %`, with a non-breaking space; small ones have two decimals by default. */
export function percent(ratio, places = ratio > 0 && ratio < 0.0095 ? 2 : 1) {
  if (ratio > 0 && 100 * ratio < 0.5 / 10 ** places) return `below\u00a0${1 / 10 ** places}\u00a0%`;
  return `${fixed(100 * ratio, places)}\u00a0%`;
}

/** Exactly `places` decimals: `7.0` */
export function fixed(number, places) {
  return number.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** `1 mask`, `2 masks` */
export function counted(number, noun) {
  return `${whole(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Round numbers from 0 to at least `maximum`, about `count` steps of 1, 2, or 5 times a power of ten. */
export function ticks(maximum, count = 4) {
  if (!(maximum > 0)) return [0, 1];
  const rough = maximum / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((candidate) => candidate >= rough * 0.999);
  return Array.from({ length: Math.ceil(maximum / step - 1e-9) + 1 }, (_, index) => index * step);
}
