import { button } from "./elements.js";

const MAXIMUM_SCALE = 40;

/**
 * Makes the content of `stage` zoomable and movable: with the wheel, two fingers, dragging, a double click, buttons.
 *
 * Returns `{ buttons, reset, zoom }`.
 */
export function zoomable(stage) {
  let view = { scale: 1, x: 0, y: 0 };
  const pointers = new Map();

  const show = () => {
    const content = stage.firstElementChild;
    if (!content) return;
    const overflow = (size) => size * (view.scale - 1);
    view.x = Math.min(0, Math.max(-overflow(stage.clientWidth), view.x));
    view.y = Math.min(0, Math.max(-overflow(stage.clientHeight), view.y));
    content.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    stage.classList.toggle("zoomed", view.scale > 1);
  };
  /** Zooms; the point (x, y) of the stage does not move. */
  const zoom = (factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) => {
    const scale = Math.min(MAXIMUM_SCALE, Math.max(1, view.scale * factor));
    const ratio = scale / view.scale;
    view = { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
    show();
  };
  const reset = () => {
    view = { scale: 1, x: 0, y: 0 };
    show();
  };
  const position = (event) => {
    const frame = stage.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = position(event);
    zoom(Math.exp(-event.deltaY / 300), x, y);
  }, { passive: false });
  stage.addEventListener("dblclick", (event) => {
    const { x, y } = position(event);
    if (view.scale > 1) reset();
    else zoom(4, x, y);
  });
  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, position(event));
  });
  stage.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = position(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const distance = (point) => Math.hypot(point.x - other.x, point.y - other.y);
      zoom(distance(now) / Math.max(1, distance(before)), other.x, other.y);
    } else {
      view = { ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y };
      show();
    }
    pointers.set(event.pointerId, now);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    stage.addEventListener(name, (event) => pointers.delete(event.pointerId));
  }

  return {
    reset, zoom,
    buttons: [
      button("−", "Zoom out", () => zoom(1 / 1.6)), button("+", "Zoom in", () => zoom(1.6)),
      button("Fit", "Fit the image", reset),
    ],
  };
}
