/** Asks for a rewrite, where a service is configured, and puts it in as one native edit. */
import { find, postFields } from "./text.js";

/** @param {import("./review/workbench.js").Workbench} bench */
export function watchRewriting(bench) {
  const button = find("#rewrite");
  const shown = find("#proposal");
  if (!button || !shown) return;
  let asking = false;

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (asking) return;
    asking = true;
    shown.textContent = "Asking for a rewrite …";
    const answer = await postFields(button.formAction, Object.fromEntries(new FormData(bench.form)));
    const told = await answer?.json().catch(() => null);
    if (answer?.ok && told) shown.innerHTML = told.proposal;
    else shown.textContent = told?.error ?? "The server does not answer; your text is as it was.";
    asking = false;
  });

  shown.addEventListener("click", (event) => {
    const use = event.target.closest("button");
    if (!use) return;
    event.preventDefault();
    bench.replaceAll(use.value);
    shown.textContent = "";
  });
}
