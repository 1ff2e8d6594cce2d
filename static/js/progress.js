/** Waits for the checks and the scores of a batch, and shows how far the checks are. */
import { find, headers } from "./text.js";

const PAUSE = 250; // ms between two looks
const DEEP_PAUSE = 1500; // the deep checks take minutes

/** @typedef {Record<string, any>} Progress what batches.progress tells */

/**
 * @param {HTMLElement} notice says where to ask
 * @param {(progress: Progress) => boolean} seen called with every answer until it is content
 */
export async function look(notice, seen, pause = PAUSE) {
  for (;;) {
    await new Promise((go) => setTimeout(go, pause));
    const answer = await fetch(String(notice.dataset.progress), { headers: headers() }).catch(() => null);
    if (answer?.ok && seen(await answer.json())) return;
  }
}

/** @param {number} done @param {number} total */
export const counted = (done, total) => `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;

/** @param {() => void} whenDone called once the flags are all there */
export async function watchFlagging(whenDone) {
  const notice = find("#flagging");
  if (!notice) return;
  const bar = notice.querySelector("progress");
  const words = notice.querySelector("span");
  await look(notice, ({ state, done, total }) => {
    if (bar) [bar.max, bar.value] = [total, done];
    if (words) words.textContent = counted(done, total);
    return !/ing$/.test(state); // waiting, running
  });
  whenDone();
}

/** Waits for the deep checks of a batch, or of the one segment shown. @param {() => void} whenDone */
export async function watchDeep(whenDone) {
  const notice = find("#deepening");
  if (!notice) return;
  const bar = notice.querySelector("progress");
  const words = notice.querySelector("span");
  await look(notice, ({ deep, deepening, total, waiting }) => {
    if (waiting !== undefined) return !waiting;
    if (bar) [bar.max, bar.value] = [total, deep];
    if (words) words.textContent = counted(deep, total);
    return !deepening;
  }, DEEP_PAUSE);
  notice.hidden = true;
  whenDone();
}
