// Numbers as people read them: the same for everybody, whatever the browser's language.

/** `60,000` */
export function whole(number) {
  return Math.round(number).toLocaleString("en");
}

/** At most `places` decimals: `12.5`. */
export function decimal(number, places = 2) {
  return number.toLocaleString("en", { maximumFractionDigits: places });
}

/** A share as per cent: `12.3 %`, with a space that no line breaks at; small ones get more places than one. */
export function percent(share, places = share > 0 && share < 0.0095 ? 2 : 1) {
  if (share > 0 && 100 * share < 0.5 / 10 ** places) return `below\u00a0${1 / 10 ** places}\u00a0%`;
  return `${fixed(100 * share, places)}\u00a0%`;
}

/** Exactly `places` decimals: `7.0`. */
export function fixed(number, places) {
  return number.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** `1 mask`, `2 masks` */
export function counted(number, noun) {
  return `${whole(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Round numbers from 0 to at least `greatest`, some `count` steps of 1, 2 or 5 times a power of ten. */
export function ticks(greatest, count = 4) {
  if (!(greatest > 0)) return [0, 1];
  const rough = greatest / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((candidate) => candidate >= rough * 0.999);
  return Array.from({ length: Math.ceil(greatest / step - 1e-9) + 1 }, (_, index) => index * step);
}
