import { datasetSections } from "./datasetSections.js";
import { diffSections } from "./diffSections.js";
import { element } from "./elements.js";
import { themeSwitch } from "./theme.js";

const report = JSON.parse(document.getElementById("data").textContent);
document.title = report.title;
document.getElementById("title").textContent = report.title;
document.getElementById("theme").append(themeSwitch());
const sections = report.kind === "diff" ? diffSections(report) : datasetSections(report);
document.getElementById("main").replaceChildren(...sections);
document.getElementById("contents").append(element("ul", {}, sections.map((part) =>
  element("li", {}, element("a", { href: `#${part.id}` }, part.dataset.name)))));
document.getElementById("footer").append(
  ...(report.credits ?? []).map((credit) => element("p", {}, credit)), element("p", {}, `Page by ${report.program}.`));
