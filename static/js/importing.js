/** Shows how far a large import is, and goes on to its batch. */
import { look } from "./progress.js";
import { get } from "./text.js";

const notice = get("#importing");
const bar = notice.querySelector("progress");
const words = notice.querySelector("span");

await look(notice, ({ state, done, total }) => {
  if (state === "storing") {
    [bar.max, bar.value] = [total, done];
    words.textContent = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} segments`;
  }
  return !["waiting", "reading", "storing"].includes(state);
});
location.reload(); // the page of what became of it: the batch, or why there is none
