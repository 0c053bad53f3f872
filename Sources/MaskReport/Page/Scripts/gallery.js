import { element } from "./elements.js";

/** How many pictures are drawn for paper. */
const PRINTED_COUNT = 48;

/**
 * Many pictures in rows, each drawn when it is about to come into sight.
 *
 * One of them can be reached by Tab, the others from it by the arrow keys.
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
   * `tile` makes of an item the children of its button, `label` what the button is called, and `open` gets an item's
   * index when it is chosen.
   */
  constructor(name, { className, tile, label, open }) {
    this.#draw = { tile, label };
    this.#open = open;
    this.#list = element("ul", { class: className, "aria-label": name, keydown: (event) => this.#press(event) });
    addEventListener("beforeprint", () => {
      for (const place of [...this.#list.children].slice(0, PRINTED_COUNT)) this.#fill(place);
    });
  }

  get node() { return this.#list; }

  /** Shows these items in place of those before. */
  show(items) {
    this.#observer.disconnect();
    this.#items = items;
    this.#list.replaceChildren(...items.map((item, index) => {
      const button = element("button", {
        type: "button", class: "tile", tabindex: index === 0 ? 0 : -1, "aria-label": this.#draw.label(item),
        click: () => this.#open(index),
      });
      const place = element("li", { "data-index": index }, button);
      place.style.setProperty("--ratio", `${item.width} / ${item.height}`);
      this.#observer.observe(place);
      return place;
    }));
  }

  /** Moves the focus to an item. */
  focus(index) {
    const buttons = [...this.#list.querySelectorAll(".tile")];
    buttons.forEach((button, place) => { button.tabIndex = place === index ? 0 : -1; });
    buttons[index]?.focus();
  }

  #fill(place) {
    this.#observer.unobserve(place);
    const button = place.querySelector("button");
    if (button.childElementCount === 0) button.append(...this.#draw.tile(this.#items[place.dataset.index]));
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

  /** How many stand side by side. */
  get #columns() {
    const tops = [...this.#list.children].map((place) => place.offsetTop);
    const next = tops.findIndex((top) => top > tops[0]);
    return next < 0 ? tops.length : next;
  }
}
