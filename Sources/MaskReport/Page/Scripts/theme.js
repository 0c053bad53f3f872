import { switchField } from "./elements.js";

const STORED_NAME = "qd-imd-theme";

/** Returns a group of three buttons: light, dark, or the system's setting. */
export function themeSwitch() {
  const apply = (theme) => {
    document.documentElement.style.colorScheme = theme === "auto" ? "light dark" : theme;
  };
  const stored = storedTheme();
  apply(stored);
  return switchField("theme", "Colors", [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"]], stored, (theme) => {
    apply(theme);
    store(theme);
  });
}

// Browsers may refuse to store anything for a page that is opened from a disk, and throw an exception.
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
  } catch { /* The setting lasts until the page is closed. */ }
}
