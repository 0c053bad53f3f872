import { bucketName } from "./buckets.js";
import { barChart, barRows, directionChart, lineChart } from "./charts.js";
import { bigNumbers, element, facts, section, table, tableBehind } from "./elements.js";
import { heatMap } from "./heatMap.js";
import { maskParts } from "./maskDetails.js";
import { firstLookSection, gallerySection } from "./maskGallery.js";
import { counted, decimal, fixed, percent, whole } from "./numbers.js";
import { Viewer } from "./viewer.js";

/** How many categories have a bar. */
const WORD_BAR_COUNT = 24;
/** From how many letters on a fact takes a line of its own. */
const LONG_FACT = 50;

/** The sections of a report on a dataset. */
export function datasetSections(report) {
  const viewer = new Viewer((mask) => maskParts(mask, report.sampleWords));
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
  const range = (tally) => `${decimal(tally.minimum)} to ${decimal(tally.maximum)}`;
  return section("numbers", "Numbers", "Numbers", bigNumbers([
    ["Masks", whole(masks), bySplit("masks")],
    ["Mean hole ratio", percent(ratio.mean, 2),
      `${percent(ratio.minimum)} to ${percent(ratio.maximum)}, median ${percent(ratio.median)}`],
    ["Size", `${size.width} × ${size.height}`, sizes.length === 1 ? "px" : `px, and ${whole(sizes.length - 1)} more`],
    ["Hole is", hole, `${hole === "white" ? 255 : 0} in the pictures`],
    fact("seed") && ["Seed", fact("seed"), fact("program")],
    strokes && ["Strokes a mask", fixed(strokes.mean, 1), `${range(strokes)}, pieces that the crop made counted each`],
    strokes && ["Stroke width", `${fixed(widths.mean, 1)} px`, `${range(widths)} px`],
    wordCount > 0 && ["Categories", whole(wordCount), bySplit("words")],
    ["Reach the edge", percent(touching / masks), "masks whose hole touches the picture’s edge"],
  ]));
}

function ratioSection(report) {
  const rule = report.vectors > 0 ? ", by the exact rule at the size of the canvas" : "";
  return section("ratio", "Hole ratio", "Hole ratio",
    element("p", {}, `The share of the picture that is hole${rule}, of ${counted(report.masks, "mask")}.`),
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
      element("h3", {}, "In the papers’ buckets"),
      element("p", {}, "1 to 10 %, 10 to 20 %, … 50 to 60 %, upper ends included, and what lies outside. "
        + "The darker part: masks whose hole touches the picture’s edge.")),
    barRows("Masks by hole ratio", rows),
    tableBehind("Masks by hole ratio", ["Hole ratio", "Masks", "Share", "Touch the edge"],
      rows.map((row) => [row.name, ...row.texts, whole(row.part)])));
}

function ratioChart({ ratio: { steps, maximum } }) {
  const bars = Array.from({ length: 100 }, (_, index) => ({
    from: index / 100, to: (index + 1) / 100, name: `${index} % to ${index + 1} %`,
    count: sum(steps.slice(10 * index, 10 * index + 10)),
  }));
  // Up to the next 5 %, and 10 % at least.
  const shown = bars.slice(0, Math.max(10, Math.ceil(maximum * 20) * 5));
  return barChart("In steps of 1 %", null, shown,
    { title: "hole ratio", format: (share) => `${Math.round(100 * share)} %` });
}

/** How many masks have a hole between two ratios that can be set, in steps of 0.1 %. */
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
    element("legend", {}, "Count masks with a hole"),
    element("label", { class: "field" }, "from", from, "%"),
    element("label", { class: "field" }, "up to", to, "%"),
    result);
}

function sum(counts) {
  return counts.reduce((total, count) => total + count, 0);
}

function placeSection({ heat, sizes, directions }) {
  const note = "The length of all strokes by direction, in sectors of 5°; the inner ring is where all would end if no "
    + "direction were preferred.";
  return section("places", "Places", directions ? "Places and directions" : "Places",
    element("div", { class: "panels" },
      heatMap(heat, sizes[0]),
      directions ? directionChart("Which way strokes run", note, directions) : null));
}

function strokeSection({ strokes, points, widths, vectors }) {
  const figures = (name, { mean, median, minimum, maximum }) =>
    [name, fixed(mean, 2), ...[median, minimum, maximum].map((value) => decimal(value))];
  return section("strokes", "Strokes", "Strokes",
    element("p", {}, `${counted(widths.count, "stroke")} in ${counted(vectors, "mask")}; `
      + "a stroke that the crop cuts counts once for each piece."),
    element("div", { class: "panels" },
      tallyChart("Strokes a mask", "strokes", strokes, true),
      tallyChart("Stroke width", "width in px of the canvas", widths, false)),
    table("Strokes in figures", ["", "mean", "median", "least", "most"], [
      figures("Strokes a mask", strokes), figures("Points a stroke", points), figures("Stroke width, px", widths),
    ]));
}

/** The bars of a tally; of whole numbers, a bar of width 1 stands for one of them. */
function tallyChart(title, axisTitle, { counts, start, step, above, maximum }, isWhole) {
  if (counts.length === 0) return null;
  const isCentered = isWhole && step === 1;
  const bars = counts.map((count, index) => {
    const from = start + index * step;
    const to = from + step;
    return { from, to, count, name: isCentered ? decimal(from) : `${decimal(from)} to ${decimal(to)}` };
  });
  const note = above > 0 ? `Beyond the chart: ${whole(above)}, up to ${decimal(maximum)}.` : null;
  return barChart(title, note, bars, { title: axisTitle, format: (value) => decimal(value), isCentered });
}

function driftSection({ drift: { masks, sizes } }) {
  const finest = sizes.at(-1);
  const points = sizes.map((size) => ({ name: whole(size.side), value: size.mean }));
  const rows = sizes.map((size) => [
    `${whole(size.side)} px`, percent(size.mean, 3),
    ...(size === finest ? ["–", "–"] : [signed(size.mean - finest.mean), percent(size.largestDifference, 3)]),
  ]);
  return section("drift", "Sizes", "At other sizes",
    element("p", {}, `The same ${counted(masks, "vector")}, drawn by the exact rule with a longest side of `
      + `${points.map(({ name }) => name).join(", ")} px: a mask is the same mask at any size, so its hole ratio `
      + `hardly moves. Change is against ${whole(finest.side)} px; one mask is the largest change of a single mask.`),
    element("div", { class: "panels" },
      lineChart("Mean hole ratio by size", null, points,
        { title: "longest side in px", format: (share) => percent(share) }),
      element("div", { class: "panel" },
        table("Hole ratio by size", ["Longest side", "Mean", "Change", "One mask"], rows))));
}

function signed(share) {
  const text = `${fixed(100 * Math.abs(share), 3)}\u00a0%`;
  return Math.abs(share) < 0.000005 ? text : `${share < 0 ? "−" : "+"}${text}`;
}

function wordSection({ words, wordCount, splits }) {
  const keys = ["strokes", "masks", ...(splits.length > 1 ? ["train", "test"] : [])];
  const headings = { strokes: "Strokes", masks: "Masks", train: "in train", test: "in test" };
  const bars = words.slice(0, WORD_BAR_COUNT)
    .map(({ word, strokes }) => ({ name: word, count: strokes, texts: [whole(strokes)] }));
  const which = words.length === wordCount ? "All of them" : `The ${whole(words.length)} commonest`;
  return section("words", "Categories", "Categories",
    element("p", {}, `${counted(wordCount, "word")}, most often “${words[0].word}”: strokes of each, pieces that `
      + "the crop made counted each."),
    element("div", { class: "panel" },
      element("div", { class: "two-columns" }, barRows("Strokes by category", bars)),
      element("details", {},
        element("summary", {}, `${which} as a table`),
        table("Categories", ["Word", ...keys.map((key) => headings[key])],
          words.map((word) => [word.word, ...keys.map((key) => whole(word[key]))])))));
}

function factSection({ facts: members }) {
  return section("recipe", "Recipe", "Recipe",
    element("p", {}, "What dataset.json says of the making. The same version, recipe, seed and drawings give the same "
      + "masks."),
    facts("facts panel", members.filter(([name]) => name !== "attribution")
      .map(([name, text]) => [name, text, text.length > LONG_FACT ? "long" : null])));
}
