/** Errors that a reviewer marks: from a selection, a flag or an own change; the list of them; the score. */
import { get } from "../text.js";

/** @typedef {Record<string, string | undefined>} Fields */

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const { area } = bench;
  const [panel, form, list] = [get("#marks"), get("#mark"), get("#marks-list")];
  const [search, kinds] = [get("#mark-search"), get("#mark-kind")];
  const groups = [...kinds.children];
  const adding = form.action;
  form.hidden = true;

  /** Opens the form on some words, or empty. @param {Fields} about @param {string} [action] */
  function open(about, action = adding) {
    const fields = { version: bench.field("version").value, side: "target", severity: "major", ...about };
    form.reset();
    form.action = action;
    for (const name of ["version", "at", "start", "end", "side", "words", "check", "severity", "comment"]) {
      form.elements[name].value = fields[name] ?? "";
    }
    const { words, side } = form.elements;
    words.readOnly = Boolean(about.words);
    side.closest("label")?.toggleAttribute("hidden", words.readOnly);
    narrow();
    kinds.value = about.category ?? "";
    panel.open = true;
    form.hidden = false;
    form.scrollIntoView({ block: "nearest" });
    (words.readOnly ? search : words).focus();
  }

  /** Leaves only the kinds of error that hold every word of the search, and chooses the first. */
  function narrow() {
    const wanted = search.value.toLowerCase().split(/\s+/);
    const left = groups.flatMap((group) => {
      const copy = group.cloneNode(true);
      const single = copy instanceof HTMLOptionElement;
      const kept = (single ? [copy] : [...copy.children]).filter((option) => {
        const title = `${copy.label} ${option.text}`.toLowerCase();
        return wanted.every((word) => title.includes(word));
      });
      if (single) return kept;
      copy.replaceChildren(...kept);
      return kept.length ? [copy] : [];
    });
    kinds.replaceChildren(...left);
    kinds.selectedIndex = search.value && left.length ? 0 : -1;
  }

  search.addEventListener("input", narrow);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") form.hidden = true; // what else the key does leads back to the text
    if (event.key === "Enter" && event.target === kinds) form.requestSubmit();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.target !== search || !step || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    kinds.selectedIndex = Math.max(0, Math.min(kinds.length - 1, kinds.selectedIndex + step));
    bench.told(kinds.selectedOptions[0]?.text ?? "");
  });

  /** @param {string} address @param {Fields} fields @param {string} words said when it is done */
  async function send(address, fields, words) {
    const found = await bench.post(address, { ...fields, typed: area.value });
    if (!found) return false;
    list.innerHTML = found.panel;
    get("#marks-count").textContent = list.querySelectorAll("li[value]").length || "";
    for (const name of ["hypothesis", "source"]) if (get(`#${name}`)) get(`#${name}`).innerHTML = found[name];
    bench.told(words);
    return true;
  }

  /** @param {HTMLFormElement} from */
  const fieldsOf = (from) => Object.fromEntries(new FormData(from));

  /** The same from the list, where the focus stays. @type {typeof send} */
  async function decide(address, fields, words) {
    const done = await send(address, fields, words);
    if (done) (list.querySelector("button") ?? panel.firstElementChild).focus();
    return done;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = fieldsOf(form);
    const told = `Marked “${fields.words}”: ${kinds.selectedOptions[0]?.text}, ${fields.severity}.`;
    if (!(await send(form.action, fields, told))) return;
    form.hidden = true;
    area.focus();
  });

  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const { action } = event.target;
    decide(action, fieldsOf(event.target), action.endsWith("/remove") ? "Mark removed." : "Confirmed as an error.");
  });

  get("#marking").addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    const data = button?.closest("li")?.dataset;
    const { act, undo } = button?.dataset ?? {};
    if (undo) decide(undo, {}, "Taken back.");
    else if (act === "begin") begin();
    else if (act === "cancel") {
      form.hidden = true;
      area.focus();
    } else if (act === "propose") open(fieldsOf(button.form));
    else if (act === "change") open(data, data.change);
    else if (act === "correct") correct(data.words, data.start);
    else if (button?.name === "dismiss") {
      event.preventDefault();
      const fields = { flag: button.value, kind: "dismissed", scope: "once" };
      if (!(await bench.post(String(bench.form.dataset.decide), fields))) return;
      await bench.recheck();
      decide(panel.dataset.panel, {}, "Flag dismissed.");
    }
  });

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
    await send(panel.dataset.panel, {}, "No words are selected: choose what to mark, or write the words down.");
    const proposal = list.querySelector(".proposals button");
    if (proposal) proposal.focus();
    else open({});
  }

  bench.action("mark", begin);
  panel.addEventListener("mousedown", (event) => {
    if (event.target.closest("summary, #mark-selected")) event.preventDefault(); // keeps what is selected
  });

  const [assess, slider, score] = [get("#assess"), get("#score-slider"), get("#score")];
  slider.addEventListener("input", () => (score.value = slider.value));
  score.addEventListener("input", () => (slider.value = score.value.replace(",", ".")));
  bench.action("score", () => {
    panel.open = true;
    slider.focus();
  });
  assess.addEventListener("submit", (event) => {
    event.preventDefault();
    score.value = event.submitter?.value || score.value || slider.value;
    slider.value = score.value;
    send(assess.action, { score: score.value }, `Scored ${score.value}.`);
  });
}
