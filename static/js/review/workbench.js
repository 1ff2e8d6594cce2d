/** The review page's parts meet here: the text, the status line, requests, and what happens when. */
import { bindKeys } from "../keys.js";
import { get, postFields, toCodePoints, toUnits } from "../text.js";

/** @param {string} text @param {number} at @returns {boolean} whether the second half of a character stands there */
const isLow = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

export class Workbench {
  constructor() {
    this.form = get("#review");
    this.area = get("#text");
    this.panel = get("#flags");
    this.region = get("#segment");
    this.system = this.field("system").value;
    this.saved = this.area.defaultValue; // the text as the server has it; `value` may be the browser's own memory
    /** @type {[number, string][]} flags whose suggestion was put in, with it */
    this.accepted = [];
    /** @type {Map<string, () => void>} */
    this.actions = new Map();
    this.changes = new EventTarget();
    this.status = get("#status");
    this.area.addEventListener("input", () => this.changes.dispatchEvent(new Event("text")));
  }

  /** @param {string} name @returns {HTMLInputElement} */
  field(name) {
    return this.form.elements.namedItem(name);
  }

  /** @returns {boolean} whether Esc has left the text, so that keys without Ctrl act */
  isOutside() {
    return document.activeElement === this.region;
  }

  /** Says something in the status line, which screen readers follow. @param {string} words */
  told(words) {
    this.status.textContent = words;
  }

  /** @param {() => void} listener called whenever the text has changed */
  onChange(listener) {
    this.changes.addEventListener("text", listener);
  }

  /** @param {() => void} listener called when the flags of the text as it stands were drawn */
  onChecked(listener) {
    this.changes.addEventListener("checked", listener);
  }

  checked() {
    this.changes.dispatchEvent(new Event("checked"));
  }

  /** Has the text checked anew; the part that checks puts its own function here. */
  async recheck() {}

  /** @param {string} name in the table of keys @param {() => void} act */
  action(name, act) {
    this.actions.set(name, act);
  }

  /** Binds the keys of the table to the actions that the parts have named. */
  bind() {
    bindKeys(this.actions);
  }

  /** @param {number} codePoints @returns {number} the offset in the text area's own units */
  at(codePoints) {
    return toUnits(this.area.value, codePoints);
  }

  /** @returns {{start: number, end: number, text: string}} what is selected in the text area, in code points */
  selection() {
    const { value, selectionStart, selectionEnd } = this.area;
    const [start, end] = [toCodePoints(value, selectionStart), toCodePoints(value, selectionEnd)];
    return { start, end, text: value.slice(selectionStart, selectionEnd) };
  }

  /**
   * Replaces a stretch of the text as one native edit, which Ctrl+Z takes back.
   * @param {number} start in UTF-16 units @param {number} end @param {string} text
   * @param {string} [expected] what must stand there, or nothing is done
   * @returns {boolean} whether it was done
   */
  edit(start, end, text, expected) {
    if (expected !== undefined && this.area.value.slice(start, end) !== expected) {
      this.told(`The text under “${expected}” has changed; nothing was put in.`);
      return false;
    }
    const outside = this.isOutside();
    this.area.focus(); // a command edits what has the focus
    this.area.setSelectionRange(start, end);
    if (text) document.execCommand("insertText", false, text);
    else if (end > start) document.execCommand("delete");
    if (outside) this.region.focus({ preventScroll: true });
    return true;
  }

  /** Replaces the whole text, touching only what differs. @param {string} text */
  replaceAll(text) {
    const { value } = this.area;
    let start = 0;
    while (start < Math.min(text.length, value.length) && text[start] === value[start]) start++;
    let tail = 0;
    const most = Math.min(text.length, value.length) - start;
    while (tail < most && text[text.length - 1 - tail] === value[value.length - 1 - tail]) tail++;
    if (isLow(value, start) || isLow(text, start)) start--; // never between the halves of one character
    if (isLow(value, value.length - tail) || isLow(text, text.length - tail)) tail--;
    this.edit(start, value.length - tail, text.slice(start, text.length - tail));
  }

  /**
   * @param {string} address
   * @param {Record<string, string>} fields
   * @returns {Promise<any>} what the server answers; null where it refused or does not answer, which is told
   */
  async post(address, fields) {
    const answer = await postFields(address, { system: this.system, ...fields });
    const said = await answer?.json().catch(() => null);
    if (answer?.ok) return said;
    this.told(said?.error ?? "The server does not answer; nothing was changed. Try again.");
    return null;
  }
}
