import { bigNumbers, choice, element, section, switchField, table } from "./elements.js";
import { Gallery } from "./gallery.js";
import { DEFAULT_METRIC, METRICS, SHORT_METRICS } from "./metrics.js";
import { counted, decimal, fixed, percent, whole } from "./numbers.js";
import { BLUE, css, drawSide, GRAY, ORANGE, pairImage, SIDES, WHITE } from "./pairImage.js";
import { Viewer } from "./viewer.js";

/** The sections of a comparison. */
export function diffSections(report) {
  const lists = [
    ["In the reference only", report.missing], ["In the candidate only", report.extra], ["Failed", report.failed],
  ].filter(([, list]) => list.count > 0);
  return [
    numbersSection(report), pairSection(report), lists.length > 0 && nameSection(lists), meanSection(report),
  ].filter(Boolean);
}

function numbersSection({ candidate, reference, compared, same, different, missing, extra, failed, pairs, ...limits }) {
  const worst = [...pairs].sort((first, second) => first.iou - second.iou)[0];
  const alone = missing.count + extra.count;
  const bad = (count) => (count > 0 ? "bad" : null);
  return section("numbers", "Numbers", "Numbers",
    element("p", {},
      element("strong", {}, "Candidate "), candidate, element("br"),
      element("strong", {}, "Reference "), reference),
    bigNumbers([
      ["Pairs compared", whole(compared), describe(limits)],
      ["Same", whole(same), "within the limits", same > 0 ? "good" : null],
      ["Different", whole(different), "beyond the limits", bad(different)],
      ["On one side only", whole(alone), `${whole(missing.count)} missing, ${whole(extra.count)} extra`, bad(alone)],
      ["Failed", whole(failed.count), "could not be compared", bad(failed.count)],
      worst && ["Worst IoU", fixed(worst.iou, 6), worst.name],
    ]));
}

function describe({ tolerance, maximumPixels, maximumRatio }) {
  return [
    tolerance > 0 ? `within ${decimal(tolerance)} px forgiven` : "nothing forgiven",
    maximumPixels !== undefined && `up to ${whole(maximumPixels)} px may differ`,
    maximumRatio !== undefined && `up to ${percent(maximumRatio, 4)} may differ`,
  ].filter(Boolean).join(", ");
}

function pairSection({ pairs, compared }) {
  const viewer = new Viewer(pairParts);
  const chosen = { metric: DEFAULT_METRIC, order: "worst", kind: "" };
  let shown = [];
  const gallery = new Gallery("Pairs", {
    className: "pairs-list", label, tile: pairTile,
    open: (index) => viewer.open(shown, index, (last) => gallery.focus(last)),
  });
  const count = element("output", { class: "count" });
  const update = (change) => {
    Object.assign(chosen, change);
    const { badness } = METRICS.find((metric) => metric.key === chosen.metric);
    const sign = chosen.order === "worst" ? 1 : -1;
    shown = pairs
      .filter((pair) => chosen.kind === "" || pair.same === (chosen.kind === "same"))
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
    element("p", {}, `${which} In the overlays here, differences are drawn larger than they are; a pair opens with `
      + "each pixel as it is."),
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

/** What the colors of an overlay mean; `both` is that of what both have. */
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
  const sides = [["candidate", "Candidate"], ["reference", "Reference"], ["marked", "Overlay"]];
  return [
    element("span", { class: "pair-name" },
      element("strong", {}, pair.name),
      element("span", { class: pair.same ? "good" : "bad" }, pair.same ? "same" : "different")),
    element("span", { class: "sides" }, sides.map(([side, title]) => element("span", {},
      element("span", { class: "picture" }, drawSide(image, side)), element("span", { class: "caption" }, title)))),
    element("span", { class: "metrics" }, SHORT_METRICS.map((metric) => element("span", {},
      element("span", { class: "metric-name" }, metric.name),
      element("span", {}, metric.format(pair[metric.key]))))),
  ];
}

/** What the viewer shows of a pair: the overlay, or by choice another of the sides. */
function pairParts(pair) {
  const image = pairImage(pair);
  const name = `Candidate and reference of ${pair.name}`;
  const sheet = element("div", { class: "sheet", role: "img", "aria-label": name });
  const show = (side) => sheet.replaceChildren(drawSide(image, side));
  show("overlay");
  const sides = Object.entries(SIDES).map(([side, { title }]) => [side, title]);
  const note = `Shown at 1/${pair.scale} of its size; a block of pixels in which one differs shows that.`;
  const values = [
    ["Size", `${whole(pair.width)} × ${whole(pair.height)} px`],
    ["Both", `${whole(pair.both)} px`],
    ...METRICS.map((metric) => [metric.name, metric.format(pair[metric.key])]),
    ["Forgiven", `${whole(pair.forgiven)} px`],
    ["Hole, candidate", percent(pair.candidate_hole_ratio, 4)],
    ["Hole, reference", percent(pair.reference_hole_ratio, 4)],
  ];
  return {
    title: pair.name, picture: sheet, ratio: pair.width / pair.height,
    details: [
      switchField("side", "Which picture", sides, "overlay", show), legend(WHITE),
      ...(pair.scale > 1 ? [element("p", {}, note)] : []),
      table("Figures", ["Metric", "Value"], values),
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
