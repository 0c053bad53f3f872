import { bucketName } from "./buckets.js";
import { barChart, barRows, directionChart, lineChart } from "./charts.js";
import { bigNumbers, element, facts, section, table, tableBehind } from "./elements.js";
import { heatMap } from "./heatMap.js";
import { maskDetails } from "./maskDetails.js";
import { firstLookSection, gallerySection } from "./maskGallery.js";
import { counted, decimal, fixed, percent, whole } from "./numbers.js";
import { Viewer } from "./viewer.js";

/** The number of categories that have a bar. */
const WORD_BAR_COUNT = 24;
/** The length from which on a fact has a separate line. */
const LONG_FACT = 50;

/** Returns the sections of a report on a dataset. */
export function datasetSections(report) {
  const viewer = new Viewer((mask) => maskDetails(mask, report.sampleWords));
  return [
    numbersSection(report),
    firstLookSection(report, viewer),
    ratioSection(report),
    placeSection(report),
    report.strokes && strokeSection(report),
    report.drift && driftSection(report),
    report.words.length > 0 && wordSection(report),
    report.facts.length > 0 && factSection(report),
    gallerySection(report, viewer),
  ].filter(Boolean);
}

function numbersSection({ masks, hole, splits, sizes, ratio, strokes, widths, wordCount, facts: members }) {
  const fact = (name) => members.find(([member]) => member === name)?.[1];
  const touching = ratio.buckets.reduce((sum, bucket) => sum + bucket.touching, 0);
  const bySplit = (key) => splits.map((split) => `${whole(split[key])} ${split.name}`).join(" · ");
  const [size] = sizes;
  const range = (histogram) => `${decimal(histogram.minimum)} to ${decimal(histogram.maximum)}`;
  return section("numbers", "Numbers", "Numbers", bigNumbers([
    ["Masks", whole(masks), bySplit("masks")],
    ["Mean hole ratio", percent(ratio.mean, 2),
      `${percent(ratio.minimum)} to ${percent(ratio.maximum)}, median ${percent(ratio.median)}`],
    ["Size", `${size.width} × ${size.height}`, sizes.length === 1 ? "px" : `px, and ${whole(sizes.length - 1)} more`],
    ["Hole color", hole, `${hole === "white" ? 255 : 0} in the images`],
    fact("seed") && ["Seed", fact("seed"), fact("program")],
    strokes && ["Strokes per mask", fixed(strokes.mean, 1), `${range(strokes)}; cropped pieces are counted singly`],
    strokes && ["Stroke width", `${fixed(widths.mean, 1)} px`, `${range(widths)} px`],
    wordCount > 0 && ["Categories", whole(wordCount), bySplit("words")],
    ["Touch the border", percent(touching / masks), "masks whose hole touches the border of the image"],
  ]));
}

function ratioSection(report) {
  const rule = report.vectors > 0 ? ", by the exact rule at the size of the canvas" : "";
  return section("ratio", "Hole ratio", "Hole ratio",
    element("p", {}, `The ratio of hole pixels to all pixels${rule}, for ${counted(report.masks, "mask")}.`),
    element("div", { class: "panels" },
      bucketFigure(report),
      element("div", {}, ratioChart(report), rangeCounter(report))));
}

function bucketFigure({ masks, ratio: { buckets } }) {
  const rows = buckets.map((bucket, index) => ({
    name: bucketName(buckets, index), count: bucket.masks, part: bucket.touching,
    texts: [whole(bucket.masks), percent(bucket.masks / masks)],
  }));
  return element("figure", { class: "panel" },
    element("figcaption", {},
      element("h3", {}, "Buckets of the papers"),
      element("p", {}, "1 to 10 %, 10 to 20 %, … 50 to 60 %, including the upper ends, and the ratios outside. "
        + "Darker: masks whose hole touches the border of the image.")),
    barRows("Masks by hole ratio", rows),
    tableBehind("Masks by hole ratio", ["Hole ratio", "Masks", "Percentage", "Touch the border"],
      rows.map((row) => [row.name, ...row.texts, whole(row.part)])));
}

function ratioChart({ ratio: { steps, maximum } }) {
  const bars = Array.from({ length: 100 }, (_, index) => ({
    from: index / 100, to: (index + 1) / 100, name: `${index} % to ${index + 1} %`,
    count: sum(steps.slice(10 * index, 10 * index + 10)),
  }));
  // Up to the next multiple of 5 %, and at least 10 %.
  const shown = bars.slice(0, Math.max(10, Math.ceil(maximum * 20) * 5));
  return barChart("Steps of 1 %", null, shown,
    { title: "hole ratio", format: (ratio) => `${Math.round(100 * ratio)} %` });
}

/** Returns fields for two hole ratios, in steps of 0.1 %, with the number of masks between them. */
function rangeCounter({ masks, ratio: { steps } }) {
  const result = element("output", {});
  const input = (value) =>
    element("input", { type: "number", min: 0, max: 100, step: 0.1, value, input: () => show() });
  const [from, to] = [input(10), input(20)];
  const show = () => {
    const [low, high] = [from, to].map((node) => Math.max(0, Math.round(10 * Number(node.value))));
    const count = sum(steps.slice(low, high));
    result.textContent = `${counted(count, "mask")}, ${percent(count / masks)}`;
  };
  show();
  return element("fieldset", { class: "counter panel" },
    element("legend", {}, "Count masks with a hole ratio"),
    element("label", { class: "field" }, "from", from, "%"),
    element("label", { class: "field" }, "up to", to, "%"),
    result);
}

function sum(counts) {
  return counts.reduce((total, count) => total + count, 0);
}

function placeSection({ heat, sizes, directions }) {
  const note = "The length of all strokes by direction, in sectors of 5°. The inner ring is the length of each "
    + "direction if all were equal.";
  return section("places", "Positions", directions ? "Positions and directions" : "Positions",
    element("div", { class: "panels" },
      heatMap(heat, sizes[0]),
      directions ? directionChart("Directions of strokes", note, directions) : null));
}

function strokeSection({ strokes, points, widths, vectors }) {
  const figures = (name, { mean, median, minimum, maximum }) =>
    [name, fixed(mean, 2), ...[median, minimum, maximum].map((value) => decimal(value))];
  return section("strokes", "Strokes", "Strokes",
    element("p", {}, `${counted(widths.count, "stroke")} in ${counted(vectors, "mask")}; `
      + "the pieces of a stroke that the crop cuts are counted singly."),
    element("div", { class: "panels" },
      histogramChart("Strokes per mask", "strokes", strokes, true),
      histogramChart("Stroke width", "width in px of the canvas", widths, false)),
    table("Statistics of strokes", ["", "mean", "median", "minimum", "maximum"], [
      figures("Strokes per mask", strokes), figures("Points per stroke", points), figures("Stroke width, px", widths),
    ]));
}

/** Returns the chart of a histogram; if its numbers are whole, a bar of width 1 represents one of them. */
function histogramChart(title, axisTitle, { counts, start, step, above, maximum }, isWhole) {
  if (counts.length === 0) return null;
  const isCentered = isWhole && step === 1;
  const bars = counts.map((count, index) => {
    const from = start + index * step;
    const to = from + step;
    return { from, to, count, name: isCentered ? decimal(from) : `${decimal(from)} to ${decimal(to)}` };
  });
  const note = above > 0 ? `Not shown: ${whole(above)} larger ones, up to ${decimal(maximum)}.` : null;
  return barChart(title, note, bars, { title: axisTitle, format: (value) => decimal(value), isCentered });
}

function driftSection({ drift: { masks, sizes } }) {
  const finest = sizes.at(-1);
  const points = sizes.map((size) => ({ name: whole(size.side), value: size.mean }));
  const rows = sizes.map((size) => [
    `${whole(size.side)} px`, percent(size.mean, 3),
    ...(size === finest ? ["–", "–"] : [signed(size.mean - finest.mean), percent(size.largestDifference, 3)]),
  ]);
  return section("drift", "Sizes", "Other sizes",
    element("p", {}, `The same ${counted(masks, "vector")}, rasterized by the exact rule with a longer side of `
      + `${points.map(({ name }) => name).join(", ")} px. A vector mask is the same at any size, so its hole ratio `
      + `hardly changes. Changes are relative to ${whole(finest.side)} px.`),
    element("div", { class: "panels" },
      lineChart("Mean hole ratio by size", null, points,
        { title: "longer side in px", format: (ratio) => percent(ratio) }),
      element("div", { class: "panel" },
        table("Hole ratio by size", ["Longer side", "Mean", "Change", "Largest change of a mask"], rows))));
}

function signed(ratio) {
  const text = `${fixed(100 * Math.abs(ratio), 3)}\u00a0%`;
  return Math.abs(ratio) < 0.000005 ? text : `${ratio < 0 ? "−" : "+"}${text}`;
}

function wordSection({ words, wordCount, splits }) {
  const keys = ["strokes", "masks", ...(splits.length > 1 ? ["train", "test"] : [])];
  const headings = { strokes: "Strokes", masks: "Masks", train: "Masks in train", test: "Masks in test" };
  const bars = words.slice(0, WORD_BAR_COUNT)
    .map(({ word, strokes }) => ({ name: word, count: strokes, texts: [whole(strokes)] }));
  const which = words.length === wordCount ? "All categories" : `The ${whole(words.length)} most frequent`;
  return section("words", "Categories", "Categories",
    element("p", {}, `${counted(wordCount, "word")}, most often “${words[0].word}”. The pieces of a stroke that `
      + "the crop cuts are counted singly."),
    element("div", { class: "panel" },
      element("div", { class: "two-columns" }, barRows("Strokes by category", bars)),
      element("details", {},
        element("summary", {}, `${which} as a table`),
        table("Categories", ["Word", ...keys.map((key) => headings[key])],
          words.map((word) => [word.word, ...keys.map((key) => whole(word[key]))])))));
}

function factSection({ facts: members }) {
  return section("recipe", "Recipe", "Recipe",
    element("p", {}, "The contents of dataset.json. The same version, recipe, seed, and drawings result in the same "
      + "masks."),
    facts("facts panel", members.filter(([name]) => name !== "attribution")
      .map(([name, text]) => [name, text, text.length > LONG_FACT ? "long" : null])));
}
