import { bucketName, bucketOf } from "./buckets.js";
import { maskDrawing } from "./maskImage.js";
import { choice, element, section } from "./elements.js";
import { Gallery } from "./gallery.js";
import { counted, percent, whole } from "./numbers.js";

const FIRST_LOOK_COUNT = 12;

/** Some masks of the sample, from the smallest hole to the largest. */
export function firstLookSection(report, viewer) {
  const byRatio = report.sample.toSorted((first, second) => first.ratio - second.ratio);
  const count = Math.min(FIRST_LOOK_COUNT, byRatio.length);
  const step = (byRatio.length - 1) / Math.max(1, count - 1);
  const chosen = Array.from({ length: count }, (_, index) => byRatio[Math.round(index * step)]);
  const gallery = maskGallery("A first look", viewer, () => chosen);
  gallery.show(chosen);
  return section("look", "First look", "From the smallest hole to the largest", gallery.node);
}

/** The whole sample, in an order and through filters that can be chosen. */
export function gallerySection(report, viewer) {
  const { sample, splits, sampleWords, ratio: { buckets } } = report;
  const orders = ordersOf(report);
  const chosen = { order: "given", split: "", word: "", bucket: "" };
  let shown = [];
  const gallery = maskGallery("Masks", viewer, () => shown);
  const count = element("output", { class: "count" });
  const isWanted = (mask) =>
    (chosen.split === "" || mask.split === chosen.split)
    && (chosen.word === "" || mask.strokes?.some((stroke) => stroke.word === Number(chosen.word)))
    && (chosen.bucket === "" || bucketOf(mask.ratio, buckets) === Number(chosen.bucket));
  const update = (change) => {
    Object.assign(chosen, change);
    shown = sample.filter(isWanted).sort(orders[chosen.order].compare);
    gallery.show(shown);
    count.textContent = counted(shown.length, "mask");
  };
  update({});

  const orderOptions = Object.entries(orders).map(([value, { name }]) => [value, name]);
  const splitOptions = [["", "all"], ...splits.map(({ name }) => [name, name])];
  const bucketOptions = [["", "any"], ...buckets.map((_, index) => [index, bucketName(buckets, index)])];
  const wordOptions = [["", "any"], ...sampleWords.map((word, index) => [index, word])];
  return section("gallery", "Gallery", "Gallery",
    element("p", {}, describe(report)),
    element("div", { class: "controls", role: "group", "aria-label": "Which masks" },
      choice("Order", orderOptions, (order) => update({ order })),
      splits.length > 1 ? choice("Split", splitOptions, (split) => update({ split })) : null,
      choice("Hole", bucketOptions, (bucket) => update({ bucket })),
      sampleWords.length > 0 ? choice("Word", wordOptions, (word) => update({ word })) : null,
      count),
    gallery.node);
}

function ordersOf(report) {
  const strokeCount = (mask) => mask.strokes?.length ?? 0;
  return {
    given: { name: "the dataset’s order", compare: () => 0 },
    smallest: { name: "smallest hole first", compare: (first, second) => first.ratio - second.ratio },
    largest: { name: "largest hole first", compare: (first, second) => second.ratio - first.ratio },
    ...(report.strokes && {
      strokes: { name: "most strokes first", compare: (first, second) => strokeCount(second) - strokeCount(first) },
    }),
  };
}

function describe({ masks, sample, strokes }) {
  const opens = `A mask opens in full${strokes ? ", with its strokes and where they come from" : ""}.`;
  if (masks === 1) return `The only mask. ${opens}`;
  if (masks === sample.length) return `All ${whole(masks)} masks. ${opens}`;
  return `${whole(sample.length)} of ${whole(masks)} masks: evenly spread over all hole ratios, with the smallest, the `
    + `largest and those of most strokes, so that each order begins with the dataset’s own extremes. ${opens}`;
}

/** A gallery whose masks open in `viewer`; `items` gives those that are shown. */
function maskGallery(name, viewer, items) {
  const label = (mask) => [
    mask.name, `hole ${percent(mask.ratio)}`, ...(mask.strokes ? [counted(mask.strokes.length, "stroke")] : []),
  ].join(", ");
  const gallery = new Gallery(name, {
    className: "gallery",
    label,
    tile: (mask) => [
      element("span", { class: "picture" }, maskDrawing(mask)),
      element("span", { class: "caption", "aria-hidden": "true" }, percent(mask.ratio)),
    ],
    open: (index) => viewer.open(items(), index, (last) => gallery.focus(last)),
  });
  return gallery;
}
