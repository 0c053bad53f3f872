import { choice, element, section, switchField, table } from "./elements.js";
import { Gallery } from "./gallery.js";
import { counted, decimal, fixed, percent, whole } from "./numbers.js";
import { drawSide, LEGEND, pairImage, SIDES } from "./pair.js";
import { Viewer } from "./viewer.js";

const distance = (px) => (px === null ? "none, as one is empty" : `${decimal(px, 3)} px`);
const pixels = (count) => `${whole(count)} px`;
const score = (value) => fixed(value, 6);
const difference = (share) => `${share < 0 ? "−" : "+"}${fixed(100 * Math.abs(share), 4)}\u00a0%`;

/** The metrics, each with what grows as a pair gets worse. */
const METRICS = [
  { key: "differing", name: "Differing", format: pixels, badness: (pair) => pair.differing },
  { key: "iou", name: "IoU", format: score, badness: (pair) => -pair.iou },
  { key: "dice", name: "Dice", format: score, badness: (pair) => -pair.dice },
  { key: "boundary_iou", name: "Boundary IoU", format: score, badness: (pair) => -pair.boundary_iou },
  { key: "hausdorff95", name: "Hausdorff, 95 %", format: distance, badness: (pair) => pair.hausdorff95 ?? Infinity },
  { key: "hole_ratio_difference", name: "Hole ratio, difference", format: difference, badness: (pair) => Math.abs(pair.hole_ratio_difference) },
  { key: "only_candidate", name: "Only in the candidate", format: pixels, badness: (pair) => pair.only_candidate },
  { key: "only_reference", name: "Only in the reference", format: pixels, badness: (pair) => pair.only_reference },
];
/** Those that stand under each pair. */
const SHORT_METRICS = METRICS.slice(0, 6);

/** The sections of a comparison. */
export function diffSections(report) {
  const names = [["In the reference only", report.missing], ["In the candidate only", report.extra], ["Failed", report.failed]];
  return [
    numbersSection(report), pairSection(report),
    ...(names.some(([, list]) => list.count > 0) ? [nameSection(names)] : []), meanSection(report),
  ];
}

function numbersSection(report) {
  const limits = [
    report.tolerance > 0 ? `within ${decimal(report.tolerance)} px forgiven` : "nothing forgiven",
    report.maximumPixels === undefined ? null : `up to ${whole(report.maximumPixels)} px may differ`,
    report.maximumRatio === undefined ? null : `up to ${percent(report.maximumRatio, 4)} may differ`,
  ].filter(Boolean).join(", ");
  const worst = [...report.pairs].sort((first, second) => first.iou - second.iou)[0];
  const numbers = [
    ["Pairs compared", whole(report.compared), limits],
    ["Same", whole(report.same), "within the limits", report.same > 0 ? "good" : null],
    ["Different", whole(report.different), "beyond the limits", report.different > 0 ? "bad" : "good"],
    ["On one side only", whole(report.missing.count + report.extra.count),
      `${whole(report.missing.count)} missing, ${whole(report.extra.count)} extra`, report.missing.count + report.extra.count > 0 ? "bad" : null],
    ["Failed", whole(report.failed.count), "could not be compared", report.failed.count > 0 ? "bad" : null],
    worst && ["Worst IoU", score(worst.iou), worst.name],
  ].filter(Boolean);
  return section("numbers", "Numbers", "Numbers",
    element("p", {}, element("strong", {}, "Candidate "), report.candidate, element("br"), element("strong", {}, "Reference "), report.reference),
    element("dl", { class: "numbers" }, numbers.map(([name, value, note, mood]) => element("div", { class: mood ?? null },
      element("dt", {}, name), element("dd", { class: "big" }, value), element("dd", {}, note)))));
}

function pairSection(report) {
  let shown = [];
  const viewer = new Viewer(pairParts);
  const gallery = new Gallery("Pairs", {
    className: "pairs-list",
    label: (pair) => `${pair.name}, ${pair.same ? "same" : "different"}, ${SHORT_METRICS.map((metric) => `${metric.name} ${metric.format(pair[metric.key])}`).join(", ")}`,
    tile: pairTile,
    open: (index) => viewer.open(shown, index, (last) => gallery.focus(last)),
  });
  const chosen = { metric: "iou", order: "worst", kind: "" };
  const count = element("output", { class: "count" });
  const update = (change) => {
    Object.assign(chosen, change);
    const { badness } = METRICS.find((metric) => metric.key === chosen.metric);
    const sign = chosen.order === "worst" ? 1 : -1;
    const byName = (first, second) => (first.name < second.name ? -1 : 1);
    const compare = (first, second) => {
      const [one, other] = [badness(first), badness(second)];
      return one === other ? byName(first, second) : sign * (one > other ? -1 : 1);
    };
    shown = report.pairs.filter((pair) => chosen.kind === "" || pair.same === (chosen.kind === "same")).sort(compare);
    gallery.show(shown);
    count.textContent = counted(shown.length, "pair");
  };
  update({});
  return section("pairs", "Pairs", "Pairs",
    element("p", {}, report.pairs.length === report.compared
      ? `${report.pairs.length === 1 ? "The pair" : `All ${whole(report.compared)} pairs`} that could be compared.`
      : `${whole(report.pairs.length)} of ${whole(report.compared)} pairs: the worst by each of the metrics.`,
    " In the overlays here, differences are drawn larger than they are; a pair opens with each pixel as it is."),
    element("p", { class: "key-line" }, LEGEND.map(([colour, text]) =>
      element("span", {}, dot(colour), text))),
    element("div", { class: "controls", role: "group", "aria-label": "Which pairs" },
      choice("Sort by", METRICS.map(({ key, name }) => [key, name]).sort((first, second) => (second[0] === "iou") - (first[0] === "iou")),
        (metric) => update({ metric })),
      choice("Order", [["worst", "worst first"], ["best", "best first"]], (order) => update({ order })),
      choice("Show", [["", "all"], ["different", "different"], ["same", "same"]], (kind) => update({ kind })),
      count),
    gallery.node);
}

function dot(colour) {
  const node = element("span", { class: "key-dot", "aria-hidden": "true" });
  node.style.background = colour;
  return node;
}

function pairTile(pair) {
  const image = pairImage(pair);
  return [
    element("span", { class: "pair-name" }, element("strong", {}, pair.name), element("span", { class: pair.same ? "good" : "bad" }, pair.same ? "same" : "different")),
    element("span", { class: "sides" }, ["candidate", "reference", "marked"].map((side) => element("span", {},
      element("span", { class: "picture" }, drawSide(image, side)),
      element("span", { class: "caption" }, side === "marked" ? SIDES.overlay.title : SIDES[side].title)))),
    element("span", { class: "metrics" }, SHORT_METRICS.map((metric) => element("span", {},
      element("span", { class: "metric-name" }, metric.name), element("span", {}, metric.format(pair[metric.key]))))),
  ];
}

/** What the viewer shows of a pair: the overlay, and by choice one of the sides. */
function pairParts(pair) {
  const image = pairImage(pair);
  const sheet = element("div", { class: "sheet", role: "img", "aria-label": `Candidate and reference of ${pair.name}` });
  const show = (side) => sheet.replaceChildren(drawSide(image, side));
  show("overlay");
  const sides = switchField("side", "Which picture",
    Object.entries(SIDES).map(([side, { title }]) => [side, title]), "overlay", show);
  const values = [
    ["Size", `${whole(pair.width)} × ${whole(pair.height)} px`], ["Both", pixels(pair.both)],
    ...METRICS.map((metric) => [metric.name, metric.format(pair[metric.key])]), ["Forgiven", pixels(pair.forgiven)],
    ["Hole, candidate", percent(pair.candidate_hole_ratio, 4)], ["Hole, reference", percent(pair.reference_hole_ratio, 4)],
  ];
  return {
    title: pair.name, picture: sheet, ratio: pair.width / pair.height,
    details: [
      sides,
      element("p", { class: "key-line" }, LEGEND.map(([colour, text]) => element("span", {}, dot(colour), text))),
      pair.scale > 1 ? element("p", {}, `Shown at 1/${pair.scale} of its size; a block of pixels in which one differs shows that.`) : null,
      table("Figures", ["Metric", "Value"], values),
    ].filter(Boolean),
  };
}

function nameSection(lists) {
  return section("names", "Without a pair", "Without a pair", lists.filter(([, list]) => list.count > 0).map(([title, list]) =>
    element("details", { class: "panel", open: list.count <= 20 },
      element("summary", {}, `${title}: ${whole(list.count)}`),
      element("ul", { class: "name-list" }, list.names.map((name) => element("li", {}, name))),
      list.names.length < list.count ? element("p", {}, `… and ${whole(list.count - list.names.length)} more`) : null)));
}

function meanSection({ means, compared }) {
  return section("means", "Means", "Means", element("div", { class: "panel" },
    table("Means", ["Metric", `Mean of ${counted(compared, "pair")}`],
      METRICS.filter(({ key }) => means[key] !== undefined).map(({ key, name, format }) =>
        [name, key === "differing" ? `${decimal(means[key], 3)} px` : format(means[key])]))));
}
