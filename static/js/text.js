/** Offsets and small helpers. The server counts code points, the browser counts UTF-16 units. */

/**
 * @param {string} text
 * @param {number} codePoints offset in code points
 * @returns {number} the same offset in UTF-16 units
 */
export function toUnits(text, codePoints) {
  let units = 0;
  for (const character of text) {
    if (codePoints-- <= 0) break;
    units += character.length;
  }
  return units;
}

/**
 * @param {string} text
 * @param {number} units offset in UTF-16 units
 * @returns {number} the same offset in code points
 */
export const toCodePoints = (text, units) => [...text.slice(0, units)].length;

/**
 * @template {HTMLElement} T
 * @param {string} selector
 * @returns {T | null}
 */
export const find = (selector) => document.querySelector(selector);

/** The same for what the page is known to have. @param {string} selector @returns {any} */
export const get = (selector) => document.querySelector(selector);

/** The headers that every request of a page's script carries. */
export function headers() {
  const token = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=csrf-token]")).content;
  return { "X-CSRFToken": token, Accept: "application/json" };
}

/**
 * @param {string} address
 * @param {Record<string, FormDataEntryValue>} fields
 * @param {RequestInit} [more]
 * @returns {Promise<Response | null>} null where nobody answers
 */
export function postFields(address, fields, more) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(address, { method: "POST", body, headers: headers(), ...more }).catch(() => null);
}

/** @param {Date} when */
export const clock = (when) => when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
