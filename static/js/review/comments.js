/** Comments: added and taken back without leaving the page; what is typed and not added is kept in the browser. */
import { find, get } from "../text.js";

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const field = get("#comment");
  const panel = get("#comments");
  const key = `tarkka:comment:${bench.form.action}#${bench.system}`;

  const kept = localStorage.getItem(key) ?? "";
  const said = [...panel.querySelectorAll(".said")].map((one) => one.textContent);
  if (said.includes(kept.trim())) localStorage.removeItem(key); // it was saved with the text
  else field.value ||= kept; // unless more was typed before this ran
  const keep = () => (field.value ? localStorage.setItem(key, field.value) : localStorage.removeItem(key));
  if (field.value) {
    panel.open = true;
    keep();
  }
  field.addEventListener("input", keep);

  /** @param {HTMLButtonElement} button */
  async function send(button) {
    const typed = field.value;
    const fields = button.name ? { [button.name]: button.value } : { comment: typed };
    const done = await bench.post(button.formAction, fields);
    if (!done) return;
    get("#said").innerHTML = done.comments;
    if (!button.name && field.value === typed) {
      field.value = "";
      localStorage.removeItem(key);
    }
    bench.told(button.name ? "Comment taken back." : "Comment added.");
    field.focus();
  }

  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    send(button);
  });
  bench.action("comment", () => {
    panel.open = true;
    field.focus();
  });
  bench.action("second-review", () => {
    const link = find("#second-review a");
    if (link) location.assign(link.href);
    else bench.told("Nobody has reviewed this segment yet.");
  });
}
