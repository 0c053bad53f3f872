import { barChart, barRows, directionChart, lineChart } from "./charts.js";
import { pointCountOf } from "./code.js";
import { maskDrawing, wordColours } from "./drawing.js";
import { choice, element, section, switchField, table, tableBehind } from "./elements.js";
import { Gallery } from "./gallery.js";
import { heatMap } from "./heat.js";
import { counted, decimal, fixed, percent, whole } from "./numbers.js";
import { Viewer } from "./viewer.js";

const FIRST_LOOK_COUNT = 12;

/** The sections of a report on a dataset. */
export function datasetSections(report) {
  const viewer = new Viewer((mask) => maskParts(mask, report));
  return [
    numbersSection(report), firstLookSection(report, viewer), ratioSection(report), placeSection(report),
    ...(report.strokes ? [strokeSection(report)] : []), ...(report.drift ? [driftSection(report)] : []),
    ...(report.words.length > 0 ? [wordSection(report)] : []),
    ...(report.facts.length > 0 ? [factSection(report)] : []), gallerySection(report, viewer),
  ];
}

// The numbers that matter.

function numbersSection(report) {
  const fact = (name) => report.facts.find(([member]) => member === name)?.[1];
  const touching = report.ratio.buckets.reduce((sum, bucket) => sum + bucket.touching, 0);
  const splits = report.splits.map((split) => `${whole(split.masks)} ${split.name}`).join(" · ");
  const [size] = report.sizes;
  const numbers = [
    ["Masks", whole(report.masks), splits],
    ["Mean hole ratio", percent(report.ratio.mean, 2),
      `${percent(report.ratio.minimum)} to ${percent(report.ratio.maximum)}, median ${percent(report.ratio.median)}`],
    ["Size", `${size.width} × ${size.height}`, report.sizes.length === 1 ? "px" : `px, and ${whole(report.sizes.length - 1)} more`],
    ["Hole is", report.hole, report.hole === "white" ? "255 in the pictures" : "0 in the pictures"],
    fact("seed") === undefined ? null : ["Seed", fact("seed"), fact("program") ?? ""],
    report.strokes && ["Strokes a mask", fixed(report.strokes.mean, 1),
      `${whole(report.strokes.minimum)} to ${whole(report.strokes.maximum)}, pieces that the crop made counted each`],
    report.widths && ["Stroke width", `${fixed(report.widths.mean, 1)} px`,
      `${decimal(report.widths.minimum)} to ${decimal(report.widths.maximum)} px`],
    report.wordCount > 0 && ["Categories", whole(report.wordCount),
      report.splits.map((split) => `${whole(split.words)} ${split.name}`).join(" · ")],
    ["Reach the edge", percent(touching / report.masks), "masks whose hole touches the picture’s edge"],
  ].filter(Boolean);
  return section("numbers", "Numbers", "Numbers", element("dl", { class: "numbers" },
    numbers.map(([name, value, note]) => element("div", {},
      element("dt", {}, name), element("dd", { class: "big" }, value), note ? element("dd", {}, note) : null))));
}

function firstLookSection(report, viewer) {
  const byRatio = report.sample.toSorted((first, second) => first.ratio - second.ratio);
  const count = Math.min(FIRST_LOOK_COUNT, byRatio.length);
  const chosen = Array.from({ length: count }, (_, index) =>
    byRatio[Math.round((byRatio.length - 1) * (count === 1 ? 0 : index / (count - 1)))]);
  const gallery = maskGallery("A first look", viewer, () => chosen);
  gallery.show(chosen);
  return section("look", "First look", "From the smallest hole to the largest", gallery.node);
}

// Figures of all masks.

function ratioSection(report) {
  const { buckets, steps } = report.ratio;
  const bars = Array.from({ length: 100 }, (_, index) => ({
    from: index / 100, to: (index + 1) / 100, name: `${index} % to ${index + 1} %`,
    count: steps.slice(10 * index, 10 * index + 10).reduce((sum, count) => sum + count, 0),
  }));
  const shown = bars.slice(0, Math.max(10, Math.ceil(report.ratio.maximum * 20) * 5));
  const rows = buckets.map((bucket, index) => ({ ...bucket, name: bucketName(buckets, index) }));
  return section("ratio", "Hole ratio", "Hole ratio",
    element("p", {}, `The share of the picture that is hole${report.vectors > 0 ? ", by the exact rule at the size of the canvas" : ""}, `
      + `of ${counted(report.masks, "mask")}.`),
    element("div", { class: "panels" },
      element("figure", { class: "panel" },
        element("figcaption", {}, element("h3", {}, "In the papers’ buckets"),
          element("p", {}, "1 to 10 %, 10 to 20 %, … 50 to 60 %, upper ends included, and what lies outside. "
            + "The darker part: masks whose hole touches the picture’s edge.")),
        barRows("Masks by hole ratio", rows.map((row) => ({
          name: row.name, count: row.masks, part: row.touching,
          texts: [whole(row.masks), percent(row.masks / report.masks)],
        }))),
        tableBehind("Masks by hole ratio", ["Hole ratio", "Masks", "Share", "Touch the edge"],
          rows.map((row) => [row.name, whole(row.masks), percent(row.masks / report.masks), whole(row.touching)]))),
      element("div", {},
        barChart("In steps of 1 %", null, shown,
          { title: "hole ratio", format: (ratio) => `${Math.round(100 * ratio)} %` }),
        rangeCounter(report))));
}

function bucketName(buckets, index) {
  const name = (share) => decimal(100 * share);
  if (index === 0) return `up to ${name(buckets[0].end)} %`;
  if (index === buckets.length - 1) return `above ${name(buckets[index - 1].end)} %`;
  return `${name(buckets[index - 1].end)} to ${name(buckets[index].end)} %`;
}

/** How many masks have a hole between two ratios that can be set, in steps of 0.1 %. */
function rangeCounter(report) {
  const result = element("output", {});
  const field = (label, value) => element("label", { class: "field" }, label,
    element("input", { type: "number", min: 0, max: 100, step: 0.1, value, input: () => show() }), "%");
  const [from, to] = [field("from", 10), field("up to", 20)];
  const show = () => {
    const [low, high] = [from, to].map((node) => Math.round(10 * Number(node.querySelector("input").value)));
    const count = report.ratio.steps.slice(Math.max(0, low), Math.max(0, high)).reduce((sum, masks) => sum + masks, 0);
    result.textContent = `${counted(count, "mask")}, ${percent(count / report.masks)}`;
  };
  show();
  return element("fieldset", { class: "counter panel" }, element("legend", {}, "Count masks with a hole"), from, to, result);
}

function placeSection(report) {
  return section("places", "Places", report.directions ? "Places and directions" : "Places",
    element("div", { class: "panels" }, heatMap(report.heat, report.sizes[0]),
      report.directions ? directionChart("Which way strokes run",
        "The length of all strokes by direction, in sectors of 5°; the inner ring is where all would end if no direction were preferred.",
        report.directions) : null));
}

function strokeSection(report) {
  const { strokes, points, widths } = report;
  const figures = (name, tally) => [name, fixed(tally.mean, 2), ...[tally.median, tally.minimum, tally.maximum].map((value) => decimal(value))];
  return section("strokes", "Strokes", "Strokes",
    element("p", {}, `${counted(widths.count, "stroke")} in ${counted(report.vectors, "mask")}; a stroke that the crop cuts counts once for each piece.`),
    element("div", { class: "panels" },
      tallyChart("Strokes a mask", "strokes", strokes, true), tallyChart("Stroke width", "width in px of the canvas", widths, false)),
    table("Strokes in figures", ["", "mean", "median", "least", "most"], [
      figures("Strokes a mask", strokes), figures("Points a stroke", points), figures("Stroke width, px", widths),
    ]));
}

function tallyChart(title, axisTitle, tally, isWhole) {
  const isSingle = isWhole && tally.step === 1;
  const bars = tally.counts.map((count, index) => {
    const from = tally.start + index * tally.step;
    const to = from + tally.step;
    return { from, to, count, name: isSingle ? decimal(from) : `${decimal(from)} to ${decimal(to)}` };
  });
  if (bars.length === 0) return null;
  return barChart(title, null, bars, { title: axisTitle, format: (value) => decimal(value), isCentred: isSingle });
}

function driftSection({ drift }) {
  const { sizes } = drift;
  const finest = sizes.at(-1);
  return section("drift", "Sizes", "At other sizes",
    element("p", {}, `The same ${counted(drift.masks, "vector")}, drawn by the exact rule with a longest side of ${sizes.map((size) => whole(size.side)).join(", ")} px: `
      + "a mask is the same mask at any size, so its hole ratio hardly moves. "
      + `Change is against ${whole(finest.side)} px; one mask is the largest change of a single mask.`),
    element("div", { class: "panels" },
      lineChart("Mean hole ratio by size", null, sizes.map((size) => ({ name: whole(size.side), value: size.mean })),
        { title: "longest side in px", format: (share) => percent(share) }),
      element("div", { class: "panel" },
        table("Hole ratio by size", ["Longest side", "Mean", "Change", "One mask"],
          sizes.map((size) => [`${whole(size.side)} px`, percent(size.mean, 3),
            ...(size === finest ? ["–", "–"] : [signed(size.mean - finest.mean), percent(size.largestDifference, 3)])])))));
}

function signed(share) {
  const text = `${fixed(100 * Math.abs(share), 3)}\u00a0%`;
  return Math.abs(share) < 0.000005 ? text : `${share < 0 ? "−" : "+"}${text}`;
}

function wordSection(report) {
  const [most] = report.words;
  const isSplit = report.splits.length > 1;
  const rows = report.words.map((word) => ({
    name: word.word, count: word.strokes, texts: [whole(word.strokes)],
  }));
  const shown = rows.slice(0, 24);
  return section("words", "Categories", "Categories",
    element("p", {}, `${counted(report.wordCount, "word")}, most often “${most.word}”: strokes of each, pieces that the crop made counted each.`),
    element("div", { class: "panel" }, element("div", { class: "two-columns" }, barRows("Strokes by category", shown)),
      element("details", {},
        element("summary", {}, report.words.length === report.wordCount
          ? "All of them as a table" : `The ${whole(report.words.length)} commonest as a table`),
        table("Categories", ["Word", "Strokes", "Masks", ...(isSplit ? ["in train", "in test"] : [])],
          report.words.map((word) => [word.word, ...[word.strokes, word.masks, ...(isSplit ? [word.train, word.test] : [])].map(whole)])))));
}

function factSection(report) {
  const facts = report.facts.filter(([name]) => name !== "attribution");
  return section("recipe", "Recipe", "Recipe",
    element("p", {}, "What dataset.json says of the making. The same version, recipe, seed and drawings give the same masks."),
    element("dl", { class: "facts panel" }, facts.map(([name, text]) =>
      element("div", { class: text.length > 50 ? "long" : null }, element("dt", {}, name), element("dd", {}, text)))));
}

// Masks to look at.

function maskGallery(name, viewer, items) {
  const gallery = new Gallery(name, {
    className: "gallery",
    label: (mask) => `${mask.name}, hole ${percent(mask.ratio)}${mask.strokes ? `, ${counted(mask.strokes.length, "stroke")}` : ""}`,
    tile: (mask) => [
      element("span", { class: "picture" }, maskDrawing(mask)),
      element("span", { class: "caption", "aria-hidden": "true" }, percent(mask.ratio)),
    ],
    open: (index) => viewer.open(items(), index, (last) => gallery.focus(last)),
  });
  return gallery;
}

function gallerySection(report, viewer) {
  const { sample } = report;
  const orders = {
    given: ["the dataset’s order", () => 0],
    smallest: ["smallest hole first", (first, second) => first.ratio - second.ratio],
    largest: ["largest hole first", (first, second) => second.ratio - first.ratio],
    ...(report.strokes ? { strokes: ["most strokes first", (first, second) => (second.strokes?.length ?? 0) - (first.strokes?.length ?? 0)] } : {}),
  };
  const chosen = { order: "given", split: "", word: "", bucket: "" };
  let shown = [];
  const gallery = maskGallery("Masks", viewer, () => shown);
  const count = element("output", { class: "count" });
  const isWanted = (mask) => (chosen.split === "" || mask.split === chosen.split)
    && (chosen.word === "" || mask.strokes?.some((stroke) => stroke.word === Number(chosen.word)))
    && (chosen.bucket === "" || bucketOf(mask.ratio, report.ratio.buckets) === Number(chosen.bucket));
  const update = (change) => {
    Object.assign(chosen, change);
    shown = sample.filter(isWanted).sort(orders[chosen.order][1]);
    gallery.show(shown);
    count.textContent = counted(shown.length, "mask");
  };
  update({});
  const all = report.masks === sample.length
    ? (report.masks === 1 ? "The only mask." : `All ${whole(report.masks)} masks.`)
    : `${whole(sample.length)} of ${whole(report.masks)} masks: evenly spread over all hole ratios, with the smallest, the largest and those of most strokes, so that each order begins with the dataset’s own extremes.`;
  return section("gallery", "Gallery", "Gallery",
    element("p", {}, `${all} A mask opens in full${report.strokes ? ", with its strokes and where they come from" : ""}.`),
    element("div", { class: "controls", role: "group", "aria-label": "Which masks" },
      choice("Order", Object.entries(orders).map(([value, [text]]) => [value, text]), (order) => update({ order })),
      report.splits.length > 1
        ? choice("Split", [["", "all"], ...report.splits.map(({ name }) => [name, name])], (split) => update({ split })) : null,
      choice("Hole", [["", "any"], ...report.ratio.buckets.map((_, index) => [index, bucketName(report.ratio.buckets, index)])],
        (bucket) => update({ bucket })),
      report.sampleWords.length > 0
        ? choice("Word", [["", "any"], ...report.sampleWords.map((word, index) => [index, word])], (word) => update({ word })) : null,
      count),
    gallery.node);
}

function bucketOf(ratio, buckets) {
  const index = buckets.findIndex((bucket) => ratio <= bucket.end);
  return index < 0 ? buckets.length - 1 : index;
}

/** What the viewer shows of a mask. */
function maskParts(mask, report) {
  const facts = [
    ["Hole", percent(mask.ratio, 2)], ["Size", `${mask.width} × ${mask.height} px`],
    mask.split ? ["Split", mask.split] : null, mask.strokes ? ["Strokes", whole(mask.strokes.length)] : null,
  ].filter(Boolean);
  const picture = element("div", { class: "sheet", role: "img", "aria-label": `The mask ${mask.name}` }, maskDrawing(mask));
  const details = [element("dl", { class: "pairs" }, facts.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value))))];
  if (mask.strokes) {
    const colourOf = wordColours(mask.strokes);
    const paths = [...picture.querySelectorAll("path")];
    const colour = (kind) => paths.forEach((path, index) =>
      path.setAttribute("stroke", kind === "words" ? colourOf(mask.strokes[index]) : "#fff"));
    colour("words");
    details.push(
      switchField("colours", "Colours of the strokes", [["words", "By word"], ["mask", "As the mask"]], "words", colour),
      strokeTable(mask.strokes, report.sampleWords, colourOf, paths));
  }
  return { title: mask.name, picture, ratio: mask.width / mask.height, details };
}

/** The strokes of a mask and where they come from; one that is pointed at or pressed stands out in the picture. */
function strokeTable(strokes, words, colourOf, paths) {
  let pressed = null;
  const single = (index) => paths.forEach((path, place) => path.classList.toggle("dim", index !== null && place !== index));
  const rows = strokes.map((stroke, index) => {
    const swatch = element("button", {
      type: "button", class: "swatch", "aria-pressed": "false", "aria-label": `Show stroke ${index + 1} alone`,
      click: () => {
        pressed = pressed === index ? null : index;
        rows.forEach((row, place) => row.querySelector("button").setAttribute("aria-pressed", String(place === pressed)));
        single(pressed);
      },
    });
    swatch.style.setProperty("--colour", colourOf(stroke));
    return element("tr", { pointerenter: () => single(index), pointerleave: () => single(pressed) },
      element("td", {}, swatch),
      element("th", { scope: "row" }, words[stroke.word] ?? "–"),
      element("td", { class: "key" }, stroke.key ?? "–"),
      element("td", { class: "number" }, stroke.stroke === undefined ? "–" : String(stroke.stroke)),
      element("td", { class: "number" }, decimal(stroke.width)),
      element("td", { class: "number" }, whole(pointCountOf(stroke.path))));
  });
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Strokes" },
    element("table", { class: "strokes" },
      element("thead", {}, element("tr", {},
        ["", "word", "key_id", "stroke", "width, px", "points"].map((heading) => element("th", { scope: "col" }, heading)))),
      element("tbody", {}, rows)));
}
