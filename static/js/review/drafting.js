/** Keeps what is typed: in this browser at once, on the server within seconds; says truly where it is. */
import { Draft, forgetSaved } from "../drafts.js";
import { clock, postFields } from "../text.js";

const PAUSE = 1000; // ms without typing before the server is told
const AGAIN = 4000; // ms before it is tried again

/** @typedef {{key: string, hold: () => void, forget: () => void}} Drafting */

/** @param {import("./workbench.js").Workbench} bench @returns {Drafting} */
export function install(bench) {
  const { area, form, saved } = bench;
  const draft = new Draft(`${form.action}#${bench.system}`);
  let version = String(form.dataset.version);
  let waiting = 0;
  let gone = false; // being saved: nothing is sent any more

  /** @param {boolean} leaving whether the page may be gone before the server answers */
  async function send(leaving = false) {
    clearTimeout(waiting);
    if (gone) return;
    const text = area.value;
    const fields = { system: bench.system, version, text, accepted: JSON.stringify(bench.accepted) };
    const answer = await postFields(String(form.dataset.draft), fields, { keepalive: leaving && text.length < 20_000 });
    if (gone || area.value !== text) return; // more has been typed, or it is saved, meanwhile
    if (answer?.ok) {
      bench.told(text === saved ? "As saved." : `Not saved yet. Draft kept ${clock(new Date())}.`);
      return;
    }
    if (answer && answer.status < 500) {
      const said = await answer.json().catch(() => null);
      bench.told(said?.error ?? "The server does not take the draft; it is kept in this browser.");
      return;
    }
    bench.told(`Not saved yet: the server does not answer. Draft kept in this browser ${clock(new Date())}.`);
    waiting = setTimeout(send, AGAIN);
  }

  bench.onChange(() => {
    gone = false;
    const kept = { version, text: area.value, accepted: bench.accepted, at: new Date().toISOString() };
    bench.field("accepted").value = JSON.stringify(bench.accepted);
    if (area.value === saved) draft.forget();
    else if (!draft.write(kept)) bench.told("This browser has no room for drafts; only the server keeps them.");
    else bench.told("Not saved yet. Draft kept in this browser.");
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE);
  });

  const flush = () => waiting && area.value !== saved && send(true);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
  window.addEventListener("online", flush);

  const time = bench.status.querySelector("time");
  if (time) {
    const when = new Date(time.dateTime);
    const today = when.toDateString() === new Date().toDateString();
    time.textContent = today ? clock(when) : `${when.toLocaleDateString()} ${clock(when)}`;
  }

  // What was typed before: the newer of the browser's and the server's.
  forgetSaved();
  const asked = new URL(location.href);
  if (asked.searchParams.get("keep") === "theirs") {
    draft.forget(); // the other text was chosen on the page that shows both
    asked.searchParams.delete("keep");
    history.replaceState(null, "", asked);
  }
  const [mine, theirs] = [draft.read(), JSON.parse(form.dataset.kept ?? "null")];
  const kept = mine && theirs ? (mine.at < theirs.at ? theirs : mine) : (mine ?? theirs);
  if (kept && kept.text === saved) draft.forget();
  else if (kept) {
    const meanwhile = kept.version !== version;
    version = kept.version; // so that saving it shows both texts, and replaces neither unseen
    bench.field("version").value = version;
    bench.accepted = kept.accepted;
    area.value = kept.text;
    draft.write(kept);
    bench.field("accepted").value = JSON.stringify(kept.accepted);
    bench.recheck();
    const back = `Your draft of ${clock(new Date(kept.at))} is back; it is not saved yet.`;
    bench.told(meanwhile ? `${back} Another text was saved meanwhile: saving shows you both.` : back);
  } else if (area.value !== saved) area.dispatchEvent(new Event("input")); // typed before this ran

  return {
    key: draft.key,
    hold: () => {
      gone = true;
      clearTimeout(waiting);
    },
    forget: () => draft.forget(),
  };
}
