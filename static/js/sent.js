/**
 * Remembers what was sent until it is known to have arrived. The server answers what it has taken with a
 * redirect, and what it has not with a page of its own, so a page that was redirected to knows.
 */

const SENT = "tarkka:sent";

/** @param {string} name what is being sent */
export const send = (name) => sessionStorage.setItem(SENT, name);

/** @returns {string | null} what was sent just now and taken */
export function taken() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const [page] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  const signedIn = document.referrer.includes("/sign-in"); // redirects too, and has taken nothing
  return page?.redirectCount && !signedIn ? sent : null;
}
