/** Saving, again and again where the server does not answer; going from segment to segment; working time. */
import { send } from "../sent.js";
import { find, postFields } from "../text.js";

const IDLE = 120; // s without a key or a click: a pause, not work
const AGAIN = 3000; // ms before a save that got no answer is tried again

/** @returns {() => number} the seconds worked since the page was opened */
function stopwatch() {
  let [worked, last] = [0, performance.now()];
  const look = () => {
    const [gap, now] = [(performance.now() - last) / 1000, performance.now()];
    if (gap <= IDLE) worked += gap;
    last = now;
  };
  for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    document.addEventListener(kind, look, { passive: true });
  }
  return () => {
    look();
    return worked;
  };
}

/** @returns {string} a name for one save, by which the server knows a second sending of it */
const newToken = () => [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16)).join("-");

/**
 * @param {import("./workbench.js").Workbench} bench
 * @param {import("./drafting.js").Drafting} draft
 */
export function install(bench, draft) {
  const { area, form } = bench;
  const seconds = stopwatch();
  let sent = ""; // the text that is under way
  let again = 0;

  /** Sends the form as the browser does, so that the server's own page is shown. @param {string} then */
  function submitPlainly(then) {
    send(draft.key);
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "then", value: then }));
    form.submit();
  }

  /** @param {string} then what to do once it is saved: next, flagged or stay */
  async function save(then) {
    clearTimeout(again);
    draft.hold();
    area.readOnly = true; // what is typed now would be lost with the page
    if (sent && sent !== area.value) bench.field("token").value = newToken();
    sent = area.value;
    bench.field("seconds").value = seconds().toFixed(1);
    bench.told("Saving …");
    const answer = await postFields(form.action, { ...Object.fromEntries(new FormData(form)), then });
    if (!answer || answer.status >= 500) {
      area.readOnly = false;
      bench.told("Not saved: the server does not answer. Your text is kept in this browser; trying again.");
      again = setTimeout(() => save(then), AGAIN);
      return;
    }
    const said = answer.ok ? await answer.json().catch(() => null) : null;
    if (!said) {
      submitPlainly(then); // refused: the server's page says why, and shows both texts of a conflict
      return;
    }
    draft.forget();
    location.assign(said.address);
  }

  /** @param {string} rel @param {string} none said where there is no such segment */
  function follow(rel, none) {
    const link = find(`a[rel=${rel}]`);
    if (link) location.assign(link.href);
    else bench.told(none);
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    bench.field("seconds").value = seconds().toFixed(1);
    if (button && button.name !== "then") {
      send(draft.key);
      return;
    }
    event.preventDefault();
    save(button?.value ?? "next");
  });

  find("#reset")?.addEventListener("click", () => bench.replaceAll(String(find("#hypothesis")?.dataset.text ?? "")));

  bench.action("save-next", () => save("next"));
  bench.action("save-flagged", () => save("flagged"));
  bench.action("save", () => save("stay"));
  bench.action("next", () => follow("next", "This is the last segment."));
  bench.action("previous", () => follow("prev", "This is the first segment."));
  bench.action("next-flagged", () => follow("search", "No flag follows."));
  bench.action("article", () => follow("alternate", "There is no article view."));
}
