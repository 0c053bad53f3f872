import { decimal, fixed, whole } from "./numbers.js";

const distance = (px) => (px === null ? "none, because one is empty" : `${decimal(px, 3)} px`);
const pixels = (count) => `${whole(count)} px`;
const score = (value) => fixed(value, 6);
const difference = (ratio) => `${ratio < 0 ? "−" : "+"}${fixed(100 * Math.abs(ratio), 4)}\u00a0%`;

/** The metric by which pairs are initially sorted. */
export const DEFAULT_METRIC = "iou";

/** The metrics of a pair, by their names in the data, each with a function that increases as a pair gets worse. */
export const METRICS = [
  { key: "iou", name: "IoU", format: score, badness: (pair) => -pair.iou },
  {
    key: "differing", name: "Differing", format: pixels, formatMean: (px) => `${decimal(px, 3)} px`,
    badness: (pair) => pair.differing,
  },
  { key: "dice", name: "Dice", format: score, badness: (pair) => -pair.dice },
  { key: "boundary_iou", name: "Boundary IoU", format: score, badness: (pair) => -pair.boundary_iou },
  {
    key: "hausdorff95", name: "Hausdorff, 95 %", format: distance,
    badness: (pair) => pair.hausdorff95 ?? Infinity,
  },
  {
    key: "hole_ratio_difference", name: "Hole ratio, difference", format: difference,
    badness: (pair) => Math.abs(pair.hole_ratio_difference),
  },
  { key: "only_candidate", name: "Only in the candidate", format: pixels, badness: (pair) => pair.only_candidate },
  { key: "only_reference", name: "Only in the reference", format: pixels, badness: (pair) => pair.only_reference },
];

/** The metrics that are shown below each pair. */
export const SHORT_METRICS = METRICS.slice(0, 6);
