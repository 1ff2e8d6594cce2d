/** The page that compares systems: waits for a comparison that takes long. */
import { find, headers } from "./text.js";

const PAUSE = 1000; // ms between two looks

async function watchComparison() {
  const notice = find("#comparing");
  if (!notice) return;
  for (;;) {
    await new Promise((go) => setTimeout(go, PAUSE));
    const answer = await fetch(String(notice.dataset.progress), { headers: headers() }).catch(() => null);
    if (answer?.ok && (await answer.json()).found) return location.reload();
  }
}
watchComparison();
