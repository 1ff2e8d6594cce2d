/** What is typed and not yet saved, kept in the browser for each segment with the version it was made on. */
import { taken } from "./sent.js";

const PREFIX = "tarkka:draft:";

/** Forgets the draft that was saved just before this page. @returns {string | null} its key */
export function forgetSaved() {
  const key = taken();
  if (key?.startsWith(PREFIX)) localStorage.removeItem(key);
  return key;
}

/** A draft of one segment. */
export class Draft {
  /**
   * @param {string} place names the segment: path and system
   * @param {string} version the version that is being edited; an older draft brings its own
   */
  constructor(place, version) {
    this.key = `${PREFIX}${place}`;
    this.version = version;
  }

  /** @returns {{version: string, text: string, accepted: [number, string][], at: string} | null} */
  read() {
    return JSON.parse(localStorage.getItem(this.key) ?? "null");
  }

  /**
   * @param {string} text
   * @param {[number, string][]} accepted
   */
  write(text, accepted) {
    const kept = { version: this.version, text, accepted, at: new Date().toISOString() };
    localStorage.setItem(this.key, JSON.stringify(kept));
  }

  forget() {
    localStorage.removeItem(this.key);
  }
}
