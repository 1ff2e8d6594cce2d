/** Steps over several segments, offered on the page: made and taken back without leaving it. */
import { get } from "../text.js";

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const place = get("#step");

  place.addEventListener("submit", async (event) => {
    const form = event.target;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    const said = await bench.post(form.action, fields);
    if (!said) return;
    place.innerHTML = said.notice;
    bench.told(said.undone === undefined ? "Corrected; one undo takes it back." : "Taken back.");
    bench.area.focus();
  });

  /** Presses the one button of what is offered, or of the undo. @param {string} none */
  const press = (none) => {
    const button = /** @type {HTMLButtonElement | null} */ (place.querySelector("form button"));
    if (button) button.form?.requestSubmit(button);
    else bench.told(none);
  };
  bench.action("propagate", () => press("The segment saved last has no equal that waits for review."));
}
