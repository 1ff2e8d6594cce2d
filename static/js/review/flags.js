/** The flags of the text: moving among them, putting suggestions in, dismissing, one undo. */
import { get } from "../text.js";

const SCOPES = { once: "dismissed", batch: "dismissed everywhere in this batch", always: "dismissed for good" };

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const { area, form, panel } = bench;
  const undo = get("#undo");
  let here = -1; // index of the flag one is at

  /** @returns {HTMLElement[]} the open flags, by position */
  const flags = () => [...panel.querySelectorAll(".flag")];

  /** @returns {HTMLElement | undefined} the flag one is at, or else the first */
  const current = () => flags()[Math.max(here, 0)];

  /** @param {HTMLElement} flag @returns {[number, number]} its span in the text area */
  const span = (flag) => [bench.at(Number(flag.dataset.start)), bench.at(Number(flag.dataset.end))];

  /** @param {number} index @param {boolean} select whether to select the flagged text too */
  function goTo(index, select = true) {
    const all = flags();
    here = all.length ? (index + all.length) % all.length : -1;
    if (index < 0 && !select) here = -1;
    all.forEach((flag, n) => flag.classList.toggle("here", n === here));
    const flag = all[here];
    for (const mark of document.querySelectorAll("#backdrop mark")) {
      const over = String(mark.dataset.flags).split(" ");
      mark.classList.toggle("here", Boolean(flag) && over.includes(String(flag?.dataset.index)));
    }
    if (!flag || !select) return;
    flag.scrollIntoView({ block: "nearest" });
    if (!bench.isOutside()) area.focus();
    area.setSelectionRange(...span(flag));
    bench.told(`Flag ${here + 1} of ${all.length}: “${flag.dataset.text}”`);
  }

  /** @param {HTMLElement} flag @param {HTMLElement | undefined} button with a suggestion of the flag */
  function accept(flag, button) {
    if (!button) {
      bench.told(flag ? "This flag has no such suggestion." : "No open flags here.");
      return;
    }
    const suggestion = String(button.dataset.suggestion);
    const before = bench.accepted;
    if (flag.dataset.id) bench.accepted = [...before, [Number(flag.dataset.id), suggestion]];
    if (!bench.edit(...span(flag), suggestion, String(flag.dataset.text))) bench.accepted = before;
  }

  /** @param {number} number of the suggestion, from 1 on */
  function take(number) {
    const flag = current();
    accept(flag, /** @type {HTMLElement | undefined} */ (flag?.querySelectorAll(".accept")[number - 1]));
  }

  /** @param {HTMLElement | undefined} flag @param {keyof typeof SCOPES} scope @returns {Promise<boolean>} */
  async function dismiss(flag, scope = "once") {
    if (!flag) return false;
    const { id, text } = flag.dataset;
    if (!id) {
      bench.told("This flag is on your own change: mend it, or save first.");
      return false;
    }
    const done = await bench.post(String(form.dataset.decide), { flag: id, kind: "dismissed", scope });
    if (!done) return false;
    await bench.recheck();
    bench.told(`“${text}” ${SCOPES[scope]}`);
    undo.hidden = !done.step;
    undo.value = String(done.step ?? "");
    return true;
  }

  async function dismissNext() {
    const at = Math.max(here, 0);
    if (flags().length && !(await dismiss(current()))) return;
    if (flags().length) goTo(Math.min(at, flags().length - 1));
    else bench.actions.get("next-flagged")?.();
  }

  /** @param {string} id */
  async function reopen(id) {
    if (!(await bench.post(String(form.dataset.decide), { flag: id, kind: "reopened" }))) return;
    await bench.recheck();
    bench.told("Flag reopened.");
  }

  async function undoDismissal() {
    if (undo.hidden) {
      bench.told("Nothing was dismissed just now.");
      return;
    }
    if (!(await bench.post(String(undo.dataset.undo), { step: undo.value }))) return;
    undo.hidden = true;
    await bench.recheck();
    bench.told("Dismissal taken back.");
    area.focus();
  }

  undo.addEventListener("click", undoDismissal);

  panel.addEventListener("click", (event) => {
    const target = event.target;
    const [button, flag] = [target.closest("button"), /** @type {HTMLElement | null} */ (target.closest(".flag"))];
    if (!button) {
      if (flag && !target.closest("a, summary")) goTo(flags().indexOf(flag));
      return;
    }
    event.preventDefault();
    if (button.name === "reopen") reopen(button.value);
    else if (flag && button.classList.contains("accept")) accept(flag, button);
    else if (flag) dismiss(flag, /** @type {keyof typeof SCOPES} */ (button.value.split(":")[1] ?? "once"));
  });

  bench.onChecked(() => goTo(Math.min(here, flags().length - 1), false));
  bench.action("next-flag", () => goTo(here + 1));
  bench.action("previous-flag", () => goTo(here < 0 ? -1 : here - 1));
  bench.action("accept", () => take(1));
  for (const number of [1, 2, 3, 4]) bench.action(`take-${number}`, () => take(number));
  bench.action("dismiss", () => dismiss(current()));
  bench.action("dismiss-here", () => {
    const flag = document.activeElement?.closest(".flag");
    dismiss(/** @type {HTMLElement | undefined} */ (flag ?? current()));
    area.focus();
  });
  bench.action("dismiss-next", dismissNext);
  bench.action("dismiss-batch", () => dismiss(current(), "batch"));
  bench.action("dismiss-always", () => dismiss(current(), "always"));
  bench.action("undo-dismissal", undoDismissal);
  bench.action("suggestions", () => {
    goTo(Math.max(here, 0));
    current()?.querySelector("button")?.focus();
  });
}
