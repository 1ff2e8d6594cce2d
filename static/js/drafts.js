/** What is typed and not yet saved, kept in the browser for each segment and the version it was made on. */

const PREFIX = "tarkka:draft:";

/** A draft of one segment. */
export class Draft {
  /**
   * @param {string} place names the segment: path and system
   * @param {string} version the version that is being edited
   */
  constructor(place, version) {
    this.key = `${PREFIX}${place}`;
    this.version = version;
  }

  /** @returns {{text: string, accepted: [number, string][], at: string} | null} the draft on this version */
  read() {
    const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
    return kept && kept.version === this.version ? kept : null;
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
