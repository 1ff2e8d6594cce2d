/** Errors that a reviewer marks: from a selection, a flag or an own change; the list of them; the score. */
import { find } from "../text.js";

/** @typedef {Record<string, string>} Fields */

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const panel = /** @type {HTMLDetailsElement | null} */ (find("#marks"));
  if (!panel) return;
  const form = /** @type {HTMLFormElement} */ (find("#mark"));
  const list = /** @type {HTMLElement} */ (find("#marks-list"));
  const search = /** @type {HTMLInputElement} */ (find("#mark-search"));
  const kinds = /** @type {HTMLSelectElement} */ (find("#mark-kind"));
  const every = [...kinds.children];
  const adding = form.action;
  form.hidden = true;

  /** @param {string} name @returns {HTMLInputElement} */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

  // --- the form ------------------------------------------------------------------------------------------

  /** Opens the form on some words, or empty. @param {Fields} about @param {string} [action] */
  function open(about, action = adding) {
    form.action = action;
    for (const name of ["version", "at", "start", "end", "words", "check", "comment"]) field(name).value = about[name] ?? "";
    field("side").value = about.side || "target";
    if (!about.version) field("version").value = bench.field("version").value;
    field("words").readOnly = Boolean(about.words);
    if (about.severity) field("severity").value = about.severity;
    search.value = "";
    narrow();
    if (about.category) kinds.value = about.category;
    panel.open = true;
    form.hidden = false;
    form.scrollIntoView({ block: "nearest" });
    if (about.words) search.focus();
    else field("words").focus();
  }

  function close() {
    form.hidden = true;
    bench.area.focus();
  }

  /** Shows only the kinds of error that hold every word of the search; the first of them is chosen. */
  function narrow() {
    const chosen = kinds.value;
    const wanted = search.value.toLowerCase().split(/\s+/);
    const has = (/** @type {string} */ text) => wanted.every((word) => text.toLowerCase().includes(word));
    const left = every.flatMap((group) => {
      const title = group instanceof HTMLOptGroupElement ? group.label : "";
      const copy = /** @type {HTMLElement} */ (group.cloneNode(true));
      if (!title) return has(copy.textContent ?? "") ? [copy] : [];
      for (const option of [...copy.children]) if (!has(`${title} ${option.textContent}`)) option.remove();
      return copy.childElementCount ? [copy] : [];
    });
    kinds.replaceChildren(...left);
    kinds.value = chosen;
    if (search.value) kinds.selectedIndex = left.length ? 0 : -1;
  }

  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    kinds.selectedIndex = Math.max(0, Math.min(kinds.options.length - 1, kinds.selectedIndex + step));
    bench.told(kinds.selectedOptions[0]?.text ?? "No such kind of error.");
  });
  kinds.addEventListener("keydown", (event) => {
    if (event.key === "Enter") form.requestSubmit();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") form.hidden = true; // the key's own action leads back to the text
  });
  find("#mark-cancel")?.addEventListener("click", close);

  // --- what is sent, and what comes back -----------------------------------------------------------------

  /** @param {string} address @param {Fields} fields @param {string} words said when it is done */
  async function send(address, fields, words) {
    const found = await bench.post(address, { ...fields, typed: bench.area.value });
    if (!found) return false;
    draw(found);
    if (words) bench.told(words);
    return true;
  }

  /** @param {{panel: string, hypothesis: string, source: string}} found */
  function draw(found) {
    list.innerHTML = found.panel;
    const count = list.querySelectorAll("li[value]").length;
    /** @type {HTMLElement} */ (find("#marks-count")).textContent = String(count || "");
    for (const [id, html] of [["#hypothesis", found.hypothesis], ["#source", found.source]]) {
      const text = find(id);
      if (text && html) text.innerHTML = html;
    }
  }

  /** @param {HTMLFormElement} from @returns {Fields} */
  const fieldsOf = (from) => /** @type {Fields} */ (Object.fromEntries(new FormData(from).entries()));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = fieldsOf(form);
    const title = kinds.selectedOptions[0]?.text ?? "";
    if (await send(form.action, fields, `Marked “${fields.words}”: ${title}, ${fields.severity}.`)) close();
  });

  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const from = /** @type {HTMLFormElement} */ (event.target);
    const removing = from.action.endsWith("/remove");
    if (await send(from.action, fieldsOf(from), removing ? "Mark removed." : "Confirmed as an error.")) focusList();
  });

  list.addEventListener("click", async (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!button) return;
    const item = /** @type {HTMLElement} */ (button.closest("li"));
    const own = button.closest("form");
    if (button.dataset.undo && (await send(button.dataset.undo, {}, "Taken back."))) focusList();
    if (button.classList.contains("propose") && own) open(fieldsOf(own));
    if (button.classList.contains("change")) open({ ...item.dataset, version: "0" }, item.dataset.change);
    if (button.classList.contains("correct")) correct(item);
    if (button.name === "dismiss") {
      event.preventDefault();
      const done = await bench.post(String(bench.form.dataset.decide), { flag: button.value, kind: "dismissed", scope: "once" });
      if (!done) return;
      await bench.recheck();
      if (await refresh()) bench.told("Flag dismissed.");
      focusList();
    }
  });

  const refresh = () => send(String(panel.dataset.panel), {}, "");
  const focusList = () => (list.querySelector("button") ?? panel.querySelector("summary"))?.focus();

  /** Selects a mark's words in the text, to be typed over. @param {HTMLElement} item */
  function correct(item) {
    const { words = "", start } = item.dataset;
    const { area } = bench;
    let at = start === undefined ? -1 : bench.at(Number(start));
    if (area.value.slice(at, at + words.length) !== words) {
      at = area.value.indexOf(words);
      if (at < 0 || area.value.indexOf(words, at + 1) >= 0) return bench.told(`“${words}” no longer stands in the text.`);
    }
    area.focus();
    area.setSelectionRange(at, at + words.length);
  }

  // --- where a mark starts from --------------------------------------------------------------------------

  /** @returns {Fields | null} what is selected: in the correction, or by mouse in the source or the machine's text */
  function selected() {
    const { start, end, text: words } = bench.selection();
    const typed = words ? { at: "typed", start: String(start), end: String(end), words } : null;
    return (document.activeElement === bench.area && typed) || shown() || typed;
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
    await refresh(); // what was corrected since the page came
    const proposal = list.querySelector(".proposals button");
    if (proposal instanceof HTMLElement) proposal.focus();
    else open({});
    bench.told("No words are selected: choose from the list, or write the words down.");
  }

  bench.action("mark", begin);
  const starter = find("#mark-selected");
  starter?.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  starter?.addEventListener("click", begin);

  // --- the score -----------------------------------------------------------------------------------------

  const assess = /** @type {HTMLFormElement} */ (find("#assess"));
  const slider = /** @type {HTMLInputElement} */ (find("#score-slider"));
  const score = /** @type {HTMLInputElement} */ (find("#score"));
  slider.addEventListener("input", () => (score.value = slider.value));
  score.addEventListener("input", () => (slider.value = score.value.replace(",", ".")));
  bench.action("score", () => {
    panel.open = true;
    slider.focus();
  });
  assess.addEventListener("submit", async (event) => {
    event.preventDefault();
    const anchor = /** @type {HTMLButtonElement} */ (event.submitter)?.value;
    if (anchor) slider.value = score.value = anchor;
    const words = score.value || slider.value;
    if (await send(assess.action, { score: words }, `Scored ${words}.`)) score.value = words;
  });
}
