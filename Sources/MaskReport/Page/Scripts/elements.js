// Elements of the page. Data is inserted as text or as an attribute, never as HTML.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * Returns an HTML element. Attributes that are functions become event listeners (`click: open`); those that are null or
 * false are omitted. Children are nodes, texts, or null for none.
 */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Returns an SVG element; the parameters are the same. */
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

/** Returns a section of the page with a heading; `name` is its title in the table of contents. */
export function section(id, name, title, ...children) {
  return element("section", { id, "aria-labelledby": `${id}-title`, "data-name": name },
    element("h2", { id: `${id}-title` }, title), ...children);
}

/** Returns a list of names and values, `[name, text, class?]` each; items that are false are omitted. */
export function facts(className, items) {
  return element("dl", { class: className }, items.filter(Boolean).map(([name, text, itemClass]) =>
    element("div", { class: itemClass }, element("dt", {}, name), element("dd", {}, text))));
}

/** Returns cards with the most important numbers, `[name, value, note, class?]`; items that are false are omitted. */
export function bigNumbers(items) {
  return element("dl", { class: "numbers" }, items.filter(Boolean).map(([name, value, note, itemClass]) =>
    element("div", { class: itemClass },
      element("dt", {}, name), element("dd", { class: "big" }, value), note ? element("dd", {}, note) : null)));
}

/** Returns a table; the first cell of each row is its heading, the others are numbers. */
export function table(caption, headings, rows) {
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    element("table", {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, headings.map((heading) => element("th", { scope: "col" }, heading)))),
      element("tbody", {}, rows.map(([first, ...others]) => element("tr", {},
        element("th", { scope: "row" }, first), others.map((value) => element("td", { class: "number" }, value)))))));
}

/** Returns the data of a chart as a collapsed table. */
export function tableBehind(caption, headings, rows) {
  return element("details", {}, element("summary", {}, "As a table"), table(caption, headings, rows));
}

/** Returns a button that shows `text` and has the accessible name `label`. */
export function button(text, label, act) {
  return element("button", { type: "button", "aria-label": label, click: act }, text);
}

/** Returns a menu; `choose` receives the selected value. */
export function choice(label, options, choose) {
  return element("label", { class: "field" }, label,
    element("select", { change: (event) => choose(event.target.value) },
      options.map(([value, text]) => element("option", { value }, text))));
}

/** Returns a group of buttons of which one is selected; `choose` receives its value. `options`: `[value, text]`. */
export function switchField(name, legend, options, selected, choose) {
  return element("fieldset", { class: "switch" }, element("legend", { class: "unseen" }, legend),
    options.map(([value, text]) => element("label", {},
      element("input", { type: "radio", name, value, checked: value === selected, change: () => choose(value) }),
      element("span", {}, text))));
}
