/** The review page: live flags and difference, suggestions put in as native edits, keys, drafts. */
import { Draft, forgetSaved } from "./drafts.js";
import { bindKeys } from "./keys.js";
import { watchDeep, watchFlagging } from "./progress.js";
import { watchRewriting } from "./rewriting.js";
import { send } from "./sent.js";
import { watchSureness } from "./sureness.js";
import { clock, find, headers, toUnits } from "./text.js";

const PAUSE = 120; // ms without typing before the text is checked
const IDLE = 120; // s without a key or a click that no longer count as work

const form = /** @type {HTMLFormElement} */ (find("#review"));
const area = /** @type {HTMLTextAreaElement} */ (find("#text"));
const backdrop = /** @type {HTMLElement} */ (find("#backdrop"));
const panel = /** @type {HTMLElement} */ (find("#flags"));
const changes = /** @type {HTMLElement} */ (find("#diff"));
const told = /** @type {HTMLElement} */ (find("#status"));
const saved = area.value;
const system = form.elements.namedItem("system");
const draft = new Draft(`${form.action}#${/** @type {HTMLInputElement} */ (system).value}`, String(form.dataset.version));
/** @type {[number, string][]} */
let accepted = [];
let here = -1; // index of the flag one is at

/** @param {string} name @param {string} value */
const set = (name, value) => (/** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value = value);

// --- the text as it stands: checked after a pause, kept as a draft at once -------------------------------

let waiting = 0;
let checks = 0;

function changed() {
  if (area.value === saved) draft.forget();
  else draft.write(area.value, accepted);
  told.textContent = area.value === saved ? "unchanged" : `draft kept in this browser ${clock(new Date())}`;
  set("accepted", JSON.stringify(accepted));
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE);
}

async function check() {
  const [mine, text] = [++checks, area.value];
  const body = new FormData();
  body.set("text", text);
  body.set("system", /** @type {HTMLInputElement} */ (system).value);
  const answer = await fetch(String(form.dataset.check), { method: "POST", body, headers: headers() }).catch(() => null);
  if (mine !== checks || area.value !== text) return; // typed on meanwhile
  if (!answer?.ok) {
    told.textContent = "The server does not answer; your draft is kept in this browser.";
    return;
  }
  const found = await answer.json();
  backdrop.innerHTML = found.marked;
  panel.innerHTML = found.flags;
  changes.innerHTML = found.diff;
  showHidden(found.hidden);
  panel.dataset.checked = text;
  goTo(Math.min(here, flags().length - 1), false);
}

/** @param {number} count open flags that are less sure than the slider says */
function showHidden(count) {
  const words = count === 1 ? "1 less sure one is hidden" : `${count} less sure ones are hidden`;
  /** @type {HTMLElement} */ (find("#less-sure")).textContent = count ? words : "";
}

// --- flags ----------------------------------------------------------------------------------------------

/** @returns {HTMLElement[]} the open flags, by position */
const flags = () => [...panel.querySelectorAll(".flag")].map((flag) => /** @type {HTMLElement} */ (flag));

/** @param {number} index @param {boolean} select whether to select the flagged text too */
function goTo(index, select = true) {
  const all = flags();
  here = all.length ? (index + all.length) % all.length : -1;
  if (index < 0 && !select) here = -1;
  all.forEach((flag, n) => flag.classList.toggle("here", n === here));
  const flag = all[here];
  for (const mark of document.querySelectorAll("mark")) {
    const over = String(mark.dataset.flags).split(" ");
    mark.classList.toggle("here", Boolean(flag) && mark.closest("#backdrop") !== null && over.includes(String(flag.dataset.index)));
  }
  if (!flag || !select) return;
  flag.scrollIntoView({ block: "nearest" });
  const [start, end] = span(flag);
  area.focus();
  area.setSelectionRange(start, end);
}

/** @param {HTMLElement} flag @returns {[number, number]} its span in UTF-16 units */
const span = (flag) => [toUnits(area.value, Number(flag.dataset.start)), toUnits(area.value, Number(flag.dataset.end))];

/** Puts a suggestion in as one native edit that Ctrl+Z takes back. @param {HTMLButtonElement} button */
function accept(button) {
  const flag = /** @type {HTMLElement} */ (button.closest(".flag"));
  const [start, end] = span(flag);
  if (area.value.slice(start, end) !== flag.dataset.text) {
    told.textContent = `The text under “${flag.dataset.text}” has changed; nothing was put in.`;
    return;
  }
  const suggestion = String(button.dataset.suggestion);
  if (flag.dataset.id) accepted = [...accepted, [Number(flag.dataset.id), suggestion]];
  area.focus();
  area.setSelectionRange(start, end);
  if (suggestion) document.execCommand("insertText", false, suggestion);
  else document.execCommand("delete");
}

/**
 * @param {string} address
 * @param {Record<string, string>} fields
 * @returns {Promise<{step?: number | null} | null>} what the server says, null where it has not done it
 */
async function decide(address, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set("system", /** @type {HTMLInputElement} */ (system).value);
  const answer = await fetch(address, { method: "POST", body, headers: headers() }).catch(() => null);
  if (!answer?.ok) {
    told.textContent = "The decision could not be saved; try again.";
    return null;
  }
  const done = await answer.json();
  await check();
  return done;
}

const SCOPES = { once: "dismissed", batch: "dismissed everywhere in this batch", always: "dismissed for good" };

/** @param {HTMLElement | undefined} flag @param {keyof typeof SCOPES} scope */
async function dismiss(flag, scope = "once") {
  if (!flag) return;
  const [id, text] = [flag.dataset.id, flag.dataset.text];
  if (!id) {
    told.textContent = "This flag is on your own change: mend it, or save first.";
    return;
  }
  const done = await decide(String(form.dataset.decide), { flag: id, kind: "dismissed", scope });
  if (!done) return;
  told.textContent = `“${text}” ${SCOPES[scope]}`;
  undo.hidden = !done.step;
  undo.value = String(done.step ?? "");
}

/** @param {string} id */
async function reopen(id) {
  if (await decide(String(form.dataset.decide), { flag: id, kind: "reopened" })) told.textContent = "flag reopened";
}

const undo = /** @type {HTMLButtonElement} */ (find("#undo"));

async function undoDismissal() {
  if (undo.hidden) {
    told.textContent = "Nothing was dismissed just now.";
    return;
  }
  if (!(await decide(String(undo.dataset.undo), { step: undo.value }))) return;
  undo.hidden = true;
  told.textContent = "dismissal taken back";
  area.focus();
}

undo.addEventListener("click", undoDismissal);

panel.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  const flag = /** @type {HTMLElement} */ (event.target).closest(".flag");
  if (!(button instanceof HTMLButtonElement)) {
    const own = /** @type {HTMLElement} */ (event.target).closest("a, summary"); // does what it does anywhere
    if (flag instanceof HTMLElement && !own) goTo(flags().indexOf(flag));
    return;
  }
  event.preventDefault();
  if (button.classList.contains("accept")) accept(button);
  else if (button.name === "reopen") reopen(button.value);
  else dismiss(/** @type {HTMLElement} */ (flag), /** @type {keyof typeof SCOPES} */ (button.value.split(":")[1] ?? "once"));
});

panel.addEventListener("keydown", (event) => {
  const flag = /** @type {HTMLElement} */ (event.target).closest(".flag");
  if (!(flag instanceof HTMLElement)) return;
  if (event.key === "Escape") area.focus();
  if (event.key === "Delete") {
    dismiss(flag);
    area.focus();
  }
});

/** @returns {HTMLElement | undefined} the flag one is at, or else the first */
const current = () => flags()[Math.max(here, 0)];

// --- saving, moving, time -------------------------------------------------------------------------------

let [worked, last] = [0, performance.now()];
for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) {
  document.addEventListener(kind, () => {
    const now = performance.now();
    worked += Math.min((now - last) / 1000, IDLE);
    last = now;
  }, { passive: true });
}
form.addEventListener("submit", () => {
  set("seconds", (worked + Math.min((performance.now() - last) / 1000, IDLE)).toFixed(1));
  send(draft.key);
});

/** @param {string} then */
function submit(then) {
  const button = form.querySelector(`button[name=then][value=${then === "flagged" ? "next" : then}]`);
  if (then !== "flagged") return form.requestSubmit(/** @type {HTMLButtonElement} */ (button));
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "then", value: then });
  form.append(field);
  return form.requestSubmit();
}

/** @param {string} rel */
function follow(rel) {
  const link = /** @type {HTMLAnchorElement | null} */ (find(`a[rel=${rel}]`));
  if (link) location.assign(link.href);
  else told.textContent = rel === "next" ? "This is the last segment." : "This is the first segment.";
}

find("#reset")?.addEventListener("click", () => {
  area.focus();
  area.select();
  document.execCommand("insertText", false, String(find("#hypothesis")?.dataset.text ?? ""));
});

bindKeys({
  "save-next": () => submit("next"),
  "save-flagged": () => submit("flagged"),
  save: () => submit("stay"),
  next: () => follow("next"),
  previous: () => follow("prev"),
  "next-flag": () => goTo(here + 1),
  "previous-flag": () => goTo(here < 0 ? -1 : here - 1),
  accept: () => {
    const button = current()?.querySelector("button.accept");
    if (button instanceof HTMLButtonElement) accept(button);
    else told.textContent = current() ? "This flag has no suggestion." : "No open flags here.";
  },
  dismiss: () => dismiss(current()),
  "dismiss-batch": () => dismiss(current(), "batch"),
  "dismiss-always": () => dismiss(current(), "always"),
  "undo-dismissal": undoDismissal,
  suggestions: () => {
    goTo(Math.max(here, 0));
    const button = current()?.querySelector("button");
    if (button instanceof HTMLElement) button.focus();
  },
});

area.addEventListener("input", changed);

// --- what was typed before ------------------------------------------------------------------------------

forgetSaved();
const asked = new URL(location.href);
if (asked.searchParams.get("keep") === "theirs") {
  draft.forget(); // the other text was chosen on the page that shows both
  asked.searchParams.delete("keep");
  history.replaceState(null, "", asked);
}
const kept = draft.read();
if (kept && kept.text === saved) draft.forget();
else if (kept) {
  const meanwhile = kept.version !== draft.version;
  draft.version = kept.version; // so that saving it shows both texts, and replaces neither unseen
  set("version", kept.version);
  area.value = kept.text;
  accepted = kept.accepted;
  changed();
  const back = `Your draft of ${clock(new Date(kept.at))} is back; it is not saved yet.`;
  told.textContent = meanwhile ? `${back} Another text was saved meanwhile: saving shows you both.` : back;
}
watchDeep(check);
watchSureness(check);
watchRewriting(form, area);
watchFlagging(() => (area.value === saved ? location.reload() : check()));
