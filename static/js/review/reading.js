/** How the page is read: in and out of the text by keys, layout and differences, the list of keys. */
import { find, get } from "../text.js";

/** @param {import("./workbench.js").Workbench} bench */
export function install(bench) {
  const { area, region } = bench;

  bench.action("leave", () => {
    const inText = document.activeElement === area;
    if (!inText && !bench.isOutside()) area.focus();
    else region.focus({ preventScroll: true });
  });
  bench.action("write", () => area.focus());
  bench.action("keys", () => {
    const list = get("#keys");
    list.open = !list.open;
    if (list.open) list.querySelector("summary")?.focus();
  });
  bench.action("go-to", () => get("#go-to").select());
  for (const button of document.querySelectorAll("button.use")) {
    button.addEventListener("click", () => bench.replaceAll(String(button.dataset.text)));
  }

  // The choices of the "View" menu; each is a field of one form, sent as soon as it is changed.
  const view = find("#view");
  view?.addEventListener("change", () => view.requestSubmit());
  for (const name of ["layout", "differences", "columns"]) {
    bench.action(name, () => {
      const field = view?.elements.namedItem(name);
      if (!(field instanceof HTMLSelectElement)) {
        bench.told("There is nothing to compare with here.");
        return;
      }
      field.selectedIndex = (field.selectedIndex + 1) % field.options.length;
      view?.requestSubmit();
    });
  }
}
