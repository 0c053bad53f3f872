import { decimal } from "./numbers.js";

// The buckets of hole ratios: `{ end, masks, touching }`, of which each reaches from the end of the one before it to
// its own, that included.

/** `10 to 20 %` */
export function bucketName(buckets, index) {
  const end = (place) => decimal(100 * buckets[place].end);
  if (index === 0) return `up to ${end(0)} %`;
  if (index === buckets.length - 1) return `above ${end(index - 1)} %`;
  return `${end(index - 1)} to ${end(index)} %`;
}

/** The index of the bucket that a ratio belongs to. */
export function bucketOf(ratio, buckets) {
  const index = buckets.findIndex((bucket) => ratio <= bucket.end);
  return index < 0 ? buckets.length - 1 : index;
}
