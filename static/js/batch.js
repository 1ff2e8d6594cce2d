/** The batch page: progress of the checks and the scores, copying the corrected text. */
import { forgetSaved } from "./drafts.js";
import { counted, look, watchDeep, watchFlagging } from "./progress.js";
import { redrawLive, watchSureness } from "./sureness.js";
import { find, get } from "./text.js";

/** Shows the scores once there are others than those the page came with. */
async function watchScoring() {
  const notice = find("#scoring");
  if (!notice) return;
  const words = find("#scoring span");
  await look(notice, ({ scores, jobs }) => {
    const job = jobs.find(({ kind }) => kind === "scores");
    if (words && job?.state === "running") words.textContent = counted(job.done, job.total);
    return scores !== notice.dataset.edition || job?.state === "cancelled" || job?.state === "failed";
  });
  await redrawLive();
}

// Never by loading the page anew: that would undo a click that leads elsewhere at the same moment.
watchFlagging(async () => {
  await redrawLive();
  watchDeep(redrawLive);
  watchScoring();
});
if (!find("#flagging")) {
  watchDeep(redrawLive);
  watchScoring();
}
watchSureness(redrawLive);

/** @param {HTMLElement} button */
async function copy(button) {
  const told = get("#copied");
  const answer = await fetch(String(button.dataset.copy));
  const text = await answer.text();
  /** @type {Record<string, Blob>} */
  const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
  if ("html" in button.dataset) parts["text/html"] = new Blob([text], { type: "text/html" });
  await navigator.clipboard.write([new ClipboardItem(parts)]);
  told.textContent = "copied";
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copy(button));
}

// The last segment's correction is saved, or what was pasted is a batch now: the start page begins empty again.
if (forgetSaved() === "tarkka:paste") {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("tarkka:paste:")) sessionStorage.removeItem(key);
  }
}
