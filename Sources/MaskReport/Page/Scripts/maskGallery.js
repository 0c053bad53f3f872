import { bucketName, bucketOf } from "./buckets.js";
import { maskImage } from "./maskImage.js";
import { choice, element, section } from "./elements.js";
import { Gallery } from "./gallery.js";
import { counted, percent, whole } from "./numbers.js";

const FIRST_LOOK_COUNT = 12;

/** Returns a section with some masks of the sample, from the smallest hole to the largest. */
export function firstLookSection(report, viewer) {
  const byRatio = report.sample.toSorted((first, second) => first.ratio - second.ratio);
  const count = Math.min(FIRST_LOOK_COUNT, byRatio.length);
  const step = (byRatio.length - 1) / Math.max(1, count - 1);
  const selected = Array.from({ length: count }, (_, index) => byRatio[Math.round(index * step)]);
  const gallery = maskGallery("A first look", viewer, () => selected);
  gallery.show(selected);
  return section("look", "First look", "From the smallest hole to the largest", gallery.node);
}

/** Returns a section with the whole sample, which can be sorted and filtered. */
export function gallerySection(report, viewer) {
  const { sample, splits, sampleWords, ratio: { buckets } } = report;
  const orders = ordersOf(report);
  const criteria = { order: "given", split: "", word: "", bucket: "" };
  let shown = [];
  const gallery = maskGallery("Masks", viewer, () => shown);
  const count = element("output", { class: "count" });
  const matches = (mask) =>
    (criteria.split === "" || mask.split === criteria.split)
    && (criteria.word === "" || mask.strokes?.some((stroke) => stroke.word === Number(criteria.word)))
    && (criteria.bucket === "" || bucketOf(mask.ratio, buckets) === Number(criteria.bucket));
  const update = (change) => {
    Object.assign(criteria, change);
    shown = sample.filter(matches).sort(orders[criteria.order].compare);
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
      choice("Hole ratio", bucketOptions, (bucket) => update({ bucket })),
      sampleWords.length > 0 ? choice("Word", wordOptions, (word) => update({ word })) : null,
      count),
    gallery.node);
}

function ordersOf(report) {
  const strokeCount = (mask) => mask.strokes?.length ?? 0;
  return {
    given: { name: "order of the dataset", compare: () => 0 },
    smallest: { name: "smallest hole first", compare: (first, second) => first.ratio - second.ratio },
    largest: { name: "largest hole first", compare: (first, second) => second.ratio - first.ratio },
    ...(report.strokes && {
      strokes: { name: "most strokes first", compare: (first, second) => strokeCount(second) - strokeCount(first) },
    }),
  };
}

function describe({ masks, sample, strokes }) {
  const hint = `Select a mask to see it in full${strokes ? ", with its strokes and their origins" : ""}.`;
  if (masks === 1) return `The only mask. ${hint}`;
  if (masks === sample.length) return `All ${whole(masks)} masks. ${hint}`;
  return `${whole(sample.length)} of ${whole(masks)} masks, evenly spread over all hole ratios, including those `
    + `with the smallest holes, the largest holes, and the most strokes of the dataset. ${hint}`;
}

/** Returns a gallery whose masks open in `viewer`; `items` returns those that are shown. */
function maskGallery(name, viewer, items) {
  const label = (mask) => [
    mask.name, `hole ratio ${percent(mask.ratio)}`, ...(mask.strokes ? [counted(mask.strokes.length, "stroke")] : []),
  ].join(", ");
  const gallery = new Gallery(name, {
    className: "gallery",
    label,
    tile: (mask) => [
      element("span", { class: "image" }, maskImage(mask)),
      element("span", { class: "caption", "aria-hidden": "true" }, percent(mask.ratio)),
    ],
    open: (index) => viewer.open(items(), index, (last) => gallery.focus(last)),
  });
  return gallery;
}
