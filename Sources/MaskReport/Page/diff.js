import { section } from "./elements.js";

/** The sections of a comparison. */
export function diffSections() {
  return [section("numbers", "Numbers")];
}
