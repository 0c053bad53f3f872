import { switchField } from "./elements.js";

const STORED_NAME = "qd-imd-theme";

/** Light, dark, or as the system has it: three buttons of which one is on. */
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
