/** The slider that says how sure flags must be to be shown; what it says is kept on the server's session. */
import { find, get, postFields } from "./text.js";

const PAUSE = 250; // ms: a slider moved by keys says many things before it says what is meant

/** @param {() => Promise<unknown>} redraw called when other flags are to be shown */
export function watchSureness(redraw) {
  const slider = find("#confidence");
  const address = find("#sureness")?.dataset.change;
  if (!slider || !address) return;
  const told = get("#sureness output");
  let waiting = 0;
  const send = async () => {
    const answer = await postFields(address, { confidence: slider.value });
    if (!answer?.ok) return;
    const here = new URL(location.href);
    here.searchParams.delete("sure");
    history.replaceState(null, "", here);
    find("#review [name=sure]")?.remove();
    await redraw();
  };
  slider.addEventListener("input", () => {
    told.textContent = `${slider.value} %`;
    slider.setAttribute("aria-valuetext", `${slider.value} per cent`);
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE);
  });
}

/** Puts the parts of this page that follow the slider in anew, and leaves the rest alone. */
export async function redrawLive() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceWith(fresh);
  }
}
