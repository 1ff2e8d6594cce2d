/** The batch page: progress of the checks and the scores, copying the corrected text. */
import { forgetSaved } from "./drafts.js";
import { watchDeep, watchFlagging, watchScoring } from "./progress.js";
import { redrawLive, watchSureness } from "./sureness.js";
import { find } from "./text.js";

watchFlagging(() => location.reload());
watchDeep(() => location.reload());
watchScoring();
watchSureness(redrawLive);

/** @param {HTMLElement} button */
async function copy(button) {
  const told = /** @type {HTMLElement} */ (find("#copied"));
  const answer = await fetch(String(button.dataset.copy));
  const text = await answer.text();
  /** @type {Record<string, Blob>} */
  const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
  if ("html" in button.dataset) parts["text/html"] = new Blob([text], { type: "text/html" });
  await navigator.clipboard.write([new ClipboardItem(parts)]);
  told.textContent = "copied";
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copy(/** @type {HTMLElement} */ (button)));
}

// The last segment's correction is saved, or what was pasted is a batch now: the start page begins empty again.
if (forgetSaved() === "tarkka:paste") {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("tarkka:paste:")) sessionStorage.removeItem(key);
  }
}
