/** The concordance beside the text: select a word anywhere, one key shows where it stands in all batches. */
import { get, headers } from "../text.js";

/** @param {import("./workbench.js").Workbench} bench @returns {string} what is selected, or the word at the caret */
export function pointedAt(bench) {
  const inArea = document.activeElement === bench.area;
  const selected = inArea ? bench.selection().text : String(getSelection());
  if (selected.trim() || !inArea) return selected.trim();
  const { value, selectionStart } = bench.area;
  const before = value.slice(0, selectionStart).match(/[\p{L}\p{M}\p{N}]*$/u)?.[0] ?? "";
  return before + (value.slice(selectionStart).match(/^[\p{L}\p{M}\p{N}]*/u)?.[0] ?? "");
}

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const panel = get("#concordance");
  const form = /** @type {HTMLFormElement} */ (panel.querySelector("form"));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const shown = /** @type {HTMLElement} */ (panel.querySelector(".concordance"));
  let looks = 0;

  async function look() {
    const mine = ++looks;
    const address = `${form.action}?${new URLSearchParams({ q: input.value })}`;
    const answer = await fetch(address, { headers: headers() }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (mine !== looks) return; // something else is looked for by now
    if (said?.found) shown.innerHTML = said.found;
    else shown.textContent = said?.error ?? "The server does not answer.";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  bench.action("concordance", () => {
    const words = pointedAt(bench);
    panel.open = true;
    input.value = words || input.value;
    input.select();
    panel.scrollIntoView({ block: "nearest" });
    if (input.value) look();
  });
}
