/** What is typed and not yet saved, kept in the browser for each segment with the version it was made on. */
import { taken } from "./sent.js";

const PREFIX = "tarkka:draft:";

/** @typedef {{version: string, text: string, accepted: [number, string][], at: string}} Kept */

/** Forgets the draft that was saved just before this page. @returns {string | null} its key */
export function forgetSaved() {
  const key = taken();
  if (key?.startsWith(PREFIX)) localStorage.removeItem(key);
  return key;
}

/** A draft of one segment. */
export class Draft {
  /** @param {string} place names the segment: path and system */
  constructor(place) {
    this.key = `${PREFIX}${place}`;
  }

  /** @returns {Kept | null} */
  read() {
    return JSON.parse(localStorage.getItem(this.key) ?? "null");
  }

  /** @param {Kept} kept @returns {boolean} whether the browser has room for it */
  write(kept) {
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
      return true;
    } catch {
      return false; // full, or switched off: the server keeps drafts too
    }
  }

  forget() {
    localStorage.removeItem(this.key);
  }
}
