/** Has the text as it stands checked after a pause, and draws its flags and what was changed. */
import { get, postFields } from "../text.js";

const PAUSE = 100; // ms without typing before the text is checked

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const { area, form, panel } = bench;
  const backdrop = get("#backdrop");
  const changes = get("#diff");
  const lessSure = get("#less-sure");
  let waiting = 0;
  let checks = 0;

  bench.recheck = async () => {
    const [mine, text] = [++checks, area.value];
    const fields = { text, system: bench.system, sure: bench.field("sure")?.value ?? "" };
    const answer = await postFields(String(form.dataset.check), fields);
    if (mine !== checks || area.value !== text) return; // typed on meanwhile
    if (!answer?.ok) {
      backdrop.replaceChildren(); // no mark is better than one in the wrong place
      return;
    }
    const found = await answer.json();
    backdrop.innerHTML = found.marked;
    panel.innerHTML = found.flags;
    changes.innerHTML = found.diff;
    lessSure.textContent = found.less_sure;
    panel.dataset.checked = text;
    bench.checked();
  };

  bench.onChange(() => {
    clearTimeout(waiting);
    waiting = setTimeout(bench.recheck, PAUSE);
  });
}
