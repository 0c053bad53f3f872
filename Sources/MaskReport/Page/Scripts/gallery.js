import { element } from "./elements.js";

/** The number of images that are drawn for printing. */
const PRINTED_COUNT = 48;

/**
 * A gallery of images, each of which is drawn shortly before it becomes visible.
 *
 * Tab moves the focus to one of them, and the arrow keys from it to the others.
 */
export class Gallery {
  #list;
  #items = [];
  #draw;
  #open;
  #observer = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) this.#fill(entry.target);
  }, { rootMargin: "600px" });

  /**
   * `tile` returns the children of an item's button, and `label` its accessible name; `open` receives the index of the
   * item that is opened.
   */
  constructor(name, { className, tile, label, open }) {
    this.#draw = { tile, label };
    this.#open = open;
    this.#list = element("ul", { class: className, "aria-label": name, keydown: (event) => this.#press(event) });
    addEventListener("beforeprint", () => {
      for (const listItem of [...this.#list.children].slice(0, PRINTED_COUNT)) this.#fill(listItem);
    });
  }

  get node() { return this.#list; }

  /** Replaces the items. */
  show(items) {
    this.#observer.disconnect();
    this.#items = items;
    this.#list.replaceChildren(...items.map((item, index) => {
      const button = element("button", {
        type: "button", class: "tile", tabindex: index === 0 ? 0 : -1, "aria-label": this.#draw.label(item),
        click: () => this.#open(index),
      });
      const listItem = element("li", { "data-index": index }, button);
      listItem.style.setProperty("--ratio", `${item.width} / ${item.height}`);
      this.#observer.observe(listItem);
      return listItem;
    }));
  }

  /** Moves the focus to an item. */
  focus(index) {
    const buttons = [...this.#list.querySelectorAll(".tile")];
    buttons.forEach((button, other) => { button.tabIndex = other === index ? 0 : -1; });
    buttons[index]?.focus();
  }

  #fill(listItem) {
    this.#observer.unobserve(listItem);
    const button = listItem.querySelector("button");
    if (button.childElementCount === 0) button.append(...this.#draw.tile(this.#items[listItem.dataset.index]));
  }

  #press(event) {
    const index = Number(event.target.closest("li")?.dataset.index);
    const last = this.#items.length - 1;
    const target = {
      ArrowLeft: index - 1, ArrowRight: index + 1, ArrowUp: index - this.#columns, ArrowDown: index + this.#columns,
      Home: 0, End: last,
    }[event.key];
    if (target === undefined || Number.isNaN(index)) return;
    event.preventDefault();
    if (target >= 0 && target <= last) this.focus(target);
  }

  /** The number of items per row. */
  get #columns() {
    const tops = [...this.#list.children].map((listItem) => listItem.offsetTop);
    const next = tops.findIndex((top) => top > tops[0]);
    return next < 0 ? tops.length : next;
  }
}
