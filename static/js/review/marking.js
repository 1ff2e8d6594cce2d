/** Errors that a reviewer marks: from a selection, a flag or an own change; the list of them; the score. */
import { find, get } from "../text.js";

/** @typedef {Record<string, string | undefined>} Fields */

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const { area } = bench;
  const panel = get("#marks");
  const form = get("#mark");
  const list = get("#marks-list");
  const search = get("#mark-search");
  const kinds = get("#mark-kind");
  const groups = [...kinds.children];
  const adding = form.action;
  form.hidden = true;

  /** @param {string} name */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

  /** Opens the form on some words, or empty. @param {Fields} about @param {string} [action] */
  function open(about, action = adding) {
    const fresh = { version: bench.field("version").value, side: "target", severity: "major" };
    form.reset();
    form.action = action;
    for (const name of ["version", "at", "start", "end", "side", "words", "check", "severity", "comment"]) {
      field(name).value = about[name] || fresh[name] || "";
    }
    field("words").readOnly = Boolean(about.words);
    field("side").closest("label")?.toggleAttribute("hidden", Boolean(about.words));
    narrow();
    kinds.value = about.category ?? "";
    panel.open = true;
    form.hidden = false;
    form.scrollIntoView({ block: "nearest" });
    (about.words ? search : field("words")).focus();
  }

  /** Leaves only the kinds of error that hold every word of the search, and chooses the first. */
  function narrow() {
    const wanted = search.value.toLowerCase().split(/\s+/);
    const left = groups.flatMap((group) => {
      const copy = /** @type {HTMLOptionElement | HTMLOptGroupElement} */ (group.cloneNode(true));
      const options = copy instanceof HTMLOptionElement ? [copy] : [...copy.children];
      const kept = options.filter((option) => {
        const title = `${copy.label} ${option.textContent}`.toLowerCase();
        return wanted.every((word) => title.includes(word));
      });
      if (copy instanceof HTMLOptionElement) return kept;
      copy.replaceChildren(...kept);
      return kept.length ? [copy] : [];
    });
    kinds.replaceChildren(...left);
    kinds.selectedIndex = search.value && kinds.options.length ? 0 : -1;
  }

  search.addEventListener("input", narrow);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") form.hidden = true; // what else the key does leads back to the text
    if (event.key === "Enter" && event.target === kinds) form.requestSubmit();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.target !== search || !step || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    kinds.selectedIndex = Math.max(0, Math.min(kinds.options.length - 1, kinds.selectedIndex + step));
    bench.told(kinds.selectedOptions[0]?.text ?? "");
  });

  /** @param {string} address @param {Fields} fields @param {string} words said when it is done */
  async function send(address, fields, words) {
    const found = await bench.post(address, { ...fields, typed: area.value });
    if (!found) return false;
    list.innerHTML = found.panel;
    const count = list.querySelectorAll("li[value]").length;
    get("#marks-count").textContent = String(count || "");
    for (const name of ["hypothesis", "source"]) {
      const text = find(`#${name}`);
      if (text) text.innerHTML = found[name];
    }
    if (words) bench.told(words);
    return true;
  }

  /** @param {HTMLFormElement} from @returns {Fields} */
  const fieldsOf = (from) => /** @type {Fields} */ (Object.fromEntries(new FormData(from)));
  const focusList = () => (list.querySelector("button") ?? panel.querySelector("summary"))?.focus();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { words, severity } = fieldsOf(form);
    const title = kinds.selectedOptions[0]?.text;
    if (!(await send(form.action, fieldsOf(form), `Marked “${words}”: ${title}, ${severity}.`))) return;
    form.hidden = true;
    area.focus();
  });

  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const from = event.target;
    const words = from.action.endsWith("/remove") ? "Mark removed." : "Confirmed as an error.";
    if (await send(from.action, fieldsOf(from), words)) focusList();
  });

  find("#marking")?.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const data = button.closest("li")?.dataset ?? {};
    const { act, undo } = button.dataset;
    if (undo && (await send(undo, {}, "Taken back."))) focusList();
    else if (act === "begin") begin();
    else if (act === "cancel") area.focus(), (form.hidden = true);
    else if (act === "propose") open(fieldsOf(button.form));
    else if (act === "change") open(data, data.change);
    else if (act === "correct") correct(String(data.words), data.start);
    else if (button.name === "dismiss") {
      event.preventDefault();
      const fields = { flag: button.value, kind: "dismissed", scope: "once" };
      if (!(await bench.post(String(bench.form.dataset.decide), fields))) return;
      await bench.recheck();
      if (await refresh("Flag dismissed.")) focusList();
    }
  });

  /** Offers anew what may be marked, for the text as it is now. */
  const refresh = (words = "") => send(String(panel.dataset.panel), {}, words);

  /** Selects a mark's words in the text, to be typed over. @param {string} words @param {string} [start] */
  function correct(words, start) {
    let at = start ? bench.at(Number(start)) : -1;
    if (area.value.slice(at, at + words.length) !== words) at = area.value.indexOf(words);
    if (at < 0) return bench.told(`“${words}” no longer stands in the text.`);
    area.focus();
    area.setSelectionRange(at, at + words.length);
  }

  /** @returns {Fields | null} what is selected: in the correction, or by mouse in the source or the machine's text */
  function selected() {
    const { start, end, text: words } = bench.selection();
    const typed = words ? { at: "typed", start: String(start), end: String(end), words } : null;
    return (document.activeElement === area && typed) || shown() || typed;
  }

  /** @returns {Fields | null} */
  function shown() {
    const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
    const text = range?.commonAncestorContainer.parentElement?.closest("#hypothesis, #source");
    if (!range || !text || range.collapsed) return null;
    const before = range.cloneRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const [start, words] = [[...before.toString()].length, range.toString()];
    const side = text.id === "source" ? "source" : "target";
    return { version: "0", side, start: String(start), end: String(start + [...words].length), words };
  }

  async function begin() {
    const about = selected();
    if (about) return open(about);
    panel.open = true;
    await refresh("No words are selected: choose what to mark from the list, or write the words down.");
    const proposal = list.querySelector(".proposals button");
    if (proposal instanceof HTMLElement) proposal.focus();
    else open({});
  }

  bench.action("mark", begin);
  find("#mark-selected")?.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection

  const slider = get("#score-slider");
  const score = get("#score");
  slider.addEventListener("input", () => (score.value = slider.value));
  score.addEventListener("input", () => (slider.value = score.value.replace(",", ".")));
  bench.action("score", () => {
    panel.open = true;
    slider.focus();
  });
  const assess = get("#assess");
  assess.addEventListener("submit", async (event) => {
    event.preventDefault();
    const anchor = event.submitter?.value;
    if (anchor) slider.value = score.value = anchor;
    else score.value ||= slider.value;
    await send(assess.action, { score: score.value }, `Scored ${score.value}.`);
  });
}
