import { element } from "./elements.js";

const STORED_NAME = "qd-imd-theme";

/** Light, dark, or as the system has it: three buttons of which one is on. */
export function themeSwitch() {
  const apply = (scheme) => {
    document.documentElement.style.colorScheme = scheme === "auto" ? "light dark" : scheme;
  };
  const stored = storedTheme();
  apply(stored);
  return element("fieldset", { class: "switch" },
    element("legend", { class: "unseen" }, "Colours"),
    [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"]].map(([value, text]) =>
      element("label", {},
        element("input", {
          type: "radio", name: "theme", value, checked: value === stored,
          change: () => { apply(value); store(value); },
        }),
        element("span", {}, text))));
}

// A browser may keep nothing for a page that comes from a disk, and says so by an exception.
function storedTheme() {
  try {
    const theme = localStorage.getItem(STORED_NAME);
    return ["light", "dark"].includes(theme) ? theme : "auto";
  } catch {
    return "auto";
  }
}

function store(theme) {
  try {
    localStorage.setItem(STORED_NAME, theme);
  } catch { /* The choice holds until the page is closed. */ }
}
