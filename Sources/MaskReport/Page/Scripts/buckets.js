import { decimal } from "./numbers.js";

// The buckets of hole ratios, `{ end, masks, touching }`: each extends from the end of the previous one, exclusive, to
// its own, inclusive.

/** `10 to 20 %` */
export function bucketName(buckets, index) {
  const end = (bucket) => decimal(100 * buckets[bucket].end);
  if (index === 0) return `up to ${end(0)} %`;
  if (index === buckets.length - 1) return `above ${end(index - 1)} %`;
  return `${end(index - 1)} to ${end(index)} %`;
}

/** Returns the index of the bucket that contains a ratio. */
export function bucketOf(ratio, buckets) {
  const index = buckets.findIndex((bucket) => ratio <= bucket.end);
  return index < 0 ? buckets.length - 1 : index;
}
