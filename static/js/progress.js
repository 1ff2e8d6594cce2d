/** Waits for the checks of a batch and shows how far they are. */
import { find, headers } from "./text.js";

const PAUSE = 250; // ms between two looks

/** @param {() => void} whenDone called once the flags are all there */
export async function watchFlagging(whenDone) {
  const notice = find("#flagging");
  if (!notice) return;
  const bar = notice.querySelector("progress");
  const words = notice.querySelector("span");
  for (;;) {
    await new Promise((go) => setTimeout(go, PAUSE));
    const answer = await fetch(String(notice.dataset.progress), { headers: headers() }).catch(() => null);
    if (!answer?.ok) continue;
    const { state, done, total } = await answer.json();
    if (bar) [bar.max, bar.value] = [total, done];
    if (words) words.textContent = `${done} of ${total}`;
    if (state === "done") return whenDone();
  }
}
