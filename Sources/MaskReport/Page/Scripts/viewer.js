import { button, element } from "./elements.js";
import { whole } from "./numbers.js";
import { zoomable } from "./zoom.js";

/**
 * A dialog that shows one of many items. The arrow keys show the previous and the next one; Escape closes the dialog.
 *
 * `contents` returns `{ title, image, ratio, details }` for an item: nodes, and the aspect ratio of the image.
 */
export class Viewer {
  #items = [];
  #index = 0;
  #closed = () => {};
  #contents;
  #heading = element("h2", { id: "viewer-title", tabindex: -1 });
  #position = element("p", { class: "position", "aria-live": "polite" });
  #stage = element("div", { class: "stage" });
  #details = element("div", { class: "details" });
  #zoom = zoomable(this.#stage);
  #previous = button("←", "Previous", () => this.#go(this.#index - 1));
  #next = button("→", "Next", () => this.#go(this.#index + 1));
  #dialog;

  constructor(contents) {
    this.#contents = contents;
    this.#dialog = element("dialog", {
      class: "viewer", "aria-labelledby": "viewer-title",
      keydown: (event) => this.#press(event), close: () => this.#closed(this.#index),
      click: (event) => { if (event.target === this.#dialog) this.#dialog.close(); },
    },
      element("div", { class: "frame" },
        element("div", { class: "viewer-top" },
          element("div", {}, this.#heading, this.#position),
          element("div", { class: "buttons" },
            this.#previous, this.#next, button("✕", "Close", () => this.#dialog.close()))),
        element("div", { class: "viewer-body" },
          element("div", { class: "viewer-image" }, this.#stage,
            element("div", { class: "buttons" }, this.#zoom.buttons)),
          this.#details)));
    document.body.append(this.#dialog);
  }

  /** Shows `items[index]`; `closed` receives the index of the item that was shown last. */
  open(items, index, closed) {
    this.#items = items;
    this.#closed = closed;
    this.#dialog.showModal();
    this.#go(index);
    this.#heading.focus();
  }

  #go(index) {
    if (index < 0 || index >= this.#items.length) return;
    this.#index = index;
    // Not disabled, because they may have the focus.
    this.#previous.setAttribute("aria-disabled", String(index === 0));
    this.#next.setAttribute("aria-disabled", String(index === this.#items.length - 1));
    const { title, image, ratio, details } = this.#contents(this.#items[index]);
    this.#heading.textContent = title;
    this.#position.textContent = `${whole(index + 1)} of ${whole(this.#items.length)}`;
    this.#stage.style.setProperty("--ratio", ratio);
    this.#stage.replaceChildren(image);
    this.#details.replaceChildren(...details);
    this.#zoom.reset();
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
    const act = {
      ArrowLeft: () => this.#go(this.#index - 1), ArrowRight: () => this.#go(this.#index + 1),
      Home: () => this.#go(0), End: () => this.#go(this.#items.length - 1),
      "+": () => this.#zoom.zoom(1.6), "=": () => this.#zoom.zoom(1.6), "-": () => this.#zoom.zoom(1 / 1.6),
      0: () => this.#zoom.reset(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}
