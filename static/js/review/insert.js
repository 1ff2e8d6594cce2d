/** What goes in by a key from a list, and terms from what is selected in source and text. */
import { find, get } from "../text.js";

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const { area } = bench;
  const list = get("#insert");
  const shown = /** @type {HTMLElement} */ (list.querySelector("div"));
  const buttons = () => [...shown.querySelectorAll("button")];

  async function fill() {
    const said = await bench.post(String(list.dataset.list), { text: area.value });
    if (said) shown.innerHTML = said.panel;
  }

  /** @param {HTMLButtonElement | undefined} button */
  function putIn(button) {
    const [start, end] = [area.selectionStart, area.selectionEnd];
    const close = button?.dataset.close; // of a pair of codes, which goes around what is selected
    if (button) bench.edit(start, end, button.value + (close ? area.value.slice(start, end) + close : ""));
    else bench.told("The list has no such number or name.");
  }

  let wanted = false; // whether the list was opened by its key, and is to have the focus

  async function open() {
    await fill();
    if (wanted) buttons()[0]?.focus();
    wanted = false;
  }
  list.addEventListener("toggle", () => list.open && open());
  shown.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) putIn(button);
  });
  bench.action("insert", () => {
    wanted = true;
    if (list.open) open();
    else list.open = true; // which opens it by the event above
  });
  for (const key of "123456789nmqws") {
    bench.action(`insert-${key}`, () => putIn(buttons().find((button) => button.dataset.key === key)));
  }

  const panel = get("#term");
  const form = /** @type {HTMLFormElement} */ (panel.querySelector("form"));
  /** @param {string} name */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  let source = ""; // what was selected in the source last: a selection in the text takes it away
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (find("#source")?.contains(selection?.anchorNode ?? null)) source = String(selection).trim();
  });
  bench.action("add-term", () => {
    panel.open = true;
    field("source").value = source;
    field("target").value = bench.selection().text.trim();
    const empty = ["source", "target"].map(field).find((one) => !one.value);
    (empty ?? form.querySelector("button"))?.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
    const said = await bench.post(form.action, fields);
    if (!said) return;
    form.reset();
    source = "";
    area.focus();
    await bench.recheck();
    bench.told(`The term list has “${said.target}”${said.forbidden ? " as forbidden" : ""}${said.source && ` for “${said.source}”`}.`);
  });
}
