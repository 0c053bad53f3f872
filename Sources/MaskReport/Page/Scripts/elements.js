// Elements of the page. Whatever comes from data goes in as text or as an attribute, never as HTML.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * An HTML element. Attributes that are functions become listeners (`click: open`), those that are null or false are
 * left out; children are nodes or texts, null for none.
 */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An element of an SVG, in the same way. */
export function svgElement(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG_NAMESPACE, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A part of the page with a heading; the contents list it by `name`. */
export function section(id, name, title, ...children) {
  return element("section", { id, "aria-labelledby": `${id}-title`, "data-name": name },
    element("h2", { id: `${id}-title` }, title), ...children);
}

/** Names and what stands for them: `[name, text, class?]` each; what is false is left out. */
export function facts(className, items) {
  return element("dl", { class: className }, items.filter(Boolean).map(([name, text, itemClass]) =>
    element("div", { class: itemClass }, element("dt", {}, name), element("dd", {}, text))));
}

/** The numbers that matter, each on a card: `[name, value, note, class?]`; what is false is left out. */
export function bigNumbers(items) {
  return element("dl", { class: "numbers" }, items.filter(Boolean).map(([name, value, note, itemClass]) =>
    element("div", { class: itemClass },
      element("dt", {}, name), element("dd", { class: "big" }, value), note ? element("dd", {}, note) : null)));
}

/** A table; the first cell of each row heads it, the others are figures. */
export function table(caption, headings, rows) {
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    element("table", {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, headings.map((heading) => element("th", { scope: "col" }, heading)))),
      element("tbody", {}, rows.map(([first, ...others]) => element("tr", {},
        element("th", { scope: "row" }, first), others.map((value) => element("td", { class: "number" }, value)))))));
}

/** What a chart shows as a table, folded away. */
export function tableBehind(caption, headings, rows) {
  return element("details", {}, element("summary", {}, "As a table"), table(caption, headings, rows));
}

/** A button that shows `text` and is called `label`. */
export function button(text, label, act) {
  return element("button", { type: "button", "aria-label": label, click: act }, text);
}

/** A field of choices; `choose` gets the value that was chosen. */
export function choice(label, options, choose) {
  return element("label", { class: "field" }, label,
    element("select", { change: (event) => choose(event.target.value) },
      options.map(([value, text]) => element("option", { value }, text))));
}

/** Buttons of which one is on; `choose` gets the value that was chosen. `options`: `[value, text]`. */
export function switchField(name, legend, options, chosen, choose) {
  return element("fieldset", { class: "switch" }, element("legend", { class: "unseen" }, legend),
    options.map(([value, text]) => element("label", {},
      element("input", { type: "radio", name, value, checked: value === chosen, change: () => choose(value) }),
      element("span", {}, text))));
}
