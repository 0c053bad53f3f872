import { bigNumbers, choice, element, section, switchField, table } from "./elements.js";
import { Gallery } from "./gallery.js";
import { DEFAULT_METRIC, METRICS, SHORT_METRICS } from "./metrics.js";
import { counted, decimal, fixed, percent, whole } from "./numbers.js";
import { BLUE, css, drawView, GRAY, ORANGE, pairImage, VIEWS, WHITE } from "./pairImage.js";
import { Viewer } from "./viewer.js";

/** Returns the sections of a report on a comparison. */
export function diffSections(report) {
  const lists = [
    ["Only in the reference", report.missing], ["Only in the candidate", report.extra], ["Failed", report.failed],
  ].filter(([, list]) => list.count > 0);
  return [
    numbersSection(report), pairSection(report), lists.length > 0 && nameSection(lists), meanSection(report),
  ].filter(Boolean);
}

function numbersSection({ candidate, reference, compared, same, different, missing, extra, failed, pairs, ...limits }) {
  const worst = [...pairs].sort((first, second) => first.iou - second.iou)[0];
  const unpaired = missing.count + extra.count;
  const bad = (count) => (count > 0 ? "bad" : null);
  return section("numbers", "Numbers", "Numbers",
    element("p", {},
      element("strong", {}, "Candidate "), candidate, element("br"),
      element("strong", {}, "Reference "), reference),
    bigNumbers([
      ["Pairs compared", whole(compared), describe(limits)],
      ["Same", whole(same), "within the limits", same > 0 ? "good" : null],
      ["Different", whole(different), "beyond the limits", bad(different)],
      [
        "Only on one side", whole(unpaired), `${whole(missing.count)} missing, ${whole(extra.count)} extra`,
        bad(unpaired),
      ],
      ["Failed", whole(failed.count), "could not be compared", bad(failed.count)],
      worst && ["Worst IoU", fixed(worst.iou, 6), worst.name],
    ]));
}

function describe({ tolerance, maximumPixels, maximumRatio }) {
  return [
    tolerance > 0 ? `differences within ${decimal(tolerance)} px ignored` : "no tolerance",
    maximumPixels !== undefined && `up to ${whole(maximumPixels)} px may differ`,
    maximumRatio !== undefined && `up to ${percent(maximumRatio, 4)} may differ`,
  ].filter(Boolean).join(", ");
}

function pairSection({ pairs, compared }) {
  const viewer = new Viewer(pairDetails);
  const criteria = { metric: DEFAULT_METRIC, order: "worst", kind: "" };
  let shown = [];
  const gallery = new Gallery("Pairs", {
    className: "pairs-list", label, tile: pairTile,
    open: (index) => viewer.open(shown, index, (last) => gallery.focus(last)),
  });
  const count = element("output", { class: "count" });
  const update = (change) => {
    Object.assign(criteria, change);
    const { badness } = METRICS.find((metric) => metric.key === criteria.metric);
    const sign = criteria.order === "worst" ? 1 : -1;
    shown = pairs
      .filter((pair) => criteria.kind === "" || pair.same === (criteria.kind === "same"))
      .sort((first, second) => compare(badness(second), badness(first)) * sign || compare(first.name, second.name));
    gallery.show(shown);
    count.textContent = counted(shown.length, "pair");
  };
  update({});

  const all = compared === 1 ? "The only pair" : `All ${whole(compared)} pairs`;
  const which = pairs.length === compared
    ? `${all} that could be compared.`
    : `${whole(pairs.length)} of ${whole(compared)} pairs: the worst by each of the metrics.`;
  return section("pairs", "Pairs", "Pairs",
    element("p", {}, `${which} These overlays enlarge the differences; select a pair to see each pixel.`),
    legend(GRAY),
    element("div", { class: "controls", role: "group", "aria-label": "Which pairs" },
      choice("Sort by", METRICS.map(({ key, name }) => [key, name]), (metric) => update({ metric })),
      choice("Order", [["worst", "worst first"], ["best", "best first"]], (order) => update({ order })),
      choice("Show", [["", "all"], ["different", "different"], ["same", "same"]], (kind) => update({ kind })),
      count),
    gallery.node);
}

function compare(first, second) {
  return first === second ? 0 : first < second ? -1 : 1;
}

function label(pair) {
  const values = SHORT_METRICS.map((metric) => `${metric.name} ${metric.format(pair[metric.key])}`);
  return [pair.name, pair.same ? "same" : "different", ...values].join(", ");
}

/** Returns the legend of an overlay; `both` is the color of holes that both masks have. */
function legend(both) {
  const entries = [[ORANGE, "only the candidate"], [BLUE, "only the reference"], [both, "both"]];
  return element("p", { class: "key-line" }, entries.map(([color, text]) => {
    const dot = element("span", { class: "key-dot", "aria-hidden": "true" });
    dot.style.background = css(color);
    return element("span", {}, dot, text);
  }));
}

function pairTile(pair) {
  const image = pairImage(pair);
  const views = [["candidate", "Candidate"], ["reference", "Reference"], ["marked", "Overlay"]];
  return [
    element("span", { class: "pair-name" },
      element("strong", {}, pair.name),
      element("span", { class: pair.same ? "good" : "bad" }, pair.same ? "same" : "different")),
    element("span", { class: "sides" }, views.map(([view, title]) => element("span", {},
      element("span", { class: "image" }, drawView(image, view)), element("span", { class: "caption" }, title)))),
    element("span", { class: "metrics" }, SHORT_METRICS.map((metric) => element("span", {},
      element("span", { class: "metric-name" }, metric.name),
      element("span", {}, metric.format(pair[metric.key]))))),
  ];
}

/** Returns the contents of the viewer for a pair: the overlay, or another view that is selected. */
function pairDetails(pair) {
  const image = pairImage(pair);
  const name = `Candidate and reference of ${pair.name}`;
  const sheet = element("div", { class: "sheet", role: "img", "aria-label": name });
  const show = (view) => sheet.replaceChildren(drawView(image, view));
  show("overlay");
  const views = Object.entries(VIEWS).map(([view, { title }]) => [view, title]);
  const note = `Shown at 1/${pair.scale} of its size; a block of pixels with any difference has its color.`;
  const values = [
    ["Size", `${whole(pair.width)} × ${whole(pair.height)} px`],
    ["Both", `${whole(pair.both)} px`],
    ...METRICS.map((metric) => [metric.name, metric.format(pair[metric.key])]),
    ["Ignored by the tolerance", `${whole(pair.forgiven)} px`],
    ["Hole ratio, candidate", percent(pair.candidate_hole_ratio, 4)],
    ["Hole ratio, reference", percent(pair.reference_hole_ratio, 4)],
  ];
  return {
    title: pair.name, image: sheet, ratio: pair.width / pair.height,
    details: [
      switchField("side", "View", views, "overlay", show), legend(WHITE),
      ...(pair.scale > 1 ? [element("p", {}, note)] : []),
      table("Metrics", ["Metric", "Value"], values),
    ],
  };
}

function nameSection(lists) {
  return section("names", "Without a pair", "Without a pair", lists.map(([title, { count, names }]) =>
    element("details", { class: "panel", open: count <= 20 },
      element("summary", {}, `${title}: ${whole(count)}`),
      element("ul", { class: "name-list" }, names.map((name) => element("li", {}, name))),
      names.length < count ? element("p", {}, `… and ${whole(count - names.length)} more`) : null)));
}

function meanSection({ means, compared }) {
  const rows = METRICS.filter(({ key }) => means[key] !== undefined).map(({ key, name, format, formatMean = format }) =>
    [name, formatMean(means[key])]);
  return section("means", "Means", "Means",
    element("div", { class: "panel" }, table("Means", ["Metric", `Mean of ${counted(compared, "pair")}`], rows)));
}
