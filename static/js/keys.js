/** Binds the keys that the page lists, so that the list cannot lie. */

/** @param {KeyboardEvent} event @returns {string} the key in the words of the list: "Control+Shift+Enter" */
export function pressed(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Control");
  if (event.altKey) parts.push("Alt");
  // A character says itself whether Shift was needed for it.
  if (event.shiftKey && (event.key.length > 1 || parts.length)) parts.push("Shift");
  return [...parts, event.key.length === 1 && parts.length ? event.key.toLowerCase() : event.key].join("+");
}

/** @param {EventTarget | null} target @returns {string} where a key was pressed, as the list calls it */
function placeOf(target) {
  if (!(target instanceof HTMLElement)) return "";
  if (target.closest("#flags")) return "flags";
  if (target.closest("#insert")) return "insert";
  return target === document.body || target.id === "segment" ? "outside" : "";
}

/**
 * @param {Map<string, () => void>} actions by the name that the list gives them
 */
export function bindKeys(actions) {
  /** @type {Map<string, string>} */
  const bound = new Map();
  for (const entry of document.querySelectorAll("[data-press]")) {
    const { press, place, action } = entry.dataset;
    bound.set(`${place} ${press}`, String(action));
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // an input method is at work
    const press = pressed(event);
    const name = bound.get(`${placeOf(event.target)} ${press}`) ?? bound.get(`everywhere ${press}`);
    const action = actions.get(name ?? "");
    if (!action) return;
    event.preventDefault();
    action();
  });
}
