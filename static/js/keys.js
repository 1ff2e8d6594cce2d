/** Binds the keys that the page lists, so that the list cannot lie. */

/** @param {KeyboardEvent} event */
function pressed(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Control");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  return [...parts, event.key].join("+");
}

/**
 * @param {Record<string, () => void>} actions by the name that the list gives them
 */
export function bindKeys(actions) {
  /** @type {Map<string, string>} */
  const bound = new Map();
  for (const entry of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-press]"))) {
    bound.set(String(entry.dataset.press), String(entry.dataset.action));
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is at work
    const action = actions[bound.get(pressed(event)) ?? ""];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
