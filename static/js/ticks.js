/** Pages that show the changes of a step: tick all or none, and say how many are ticked. */

const list = /** @type {HTMLElement | null} */ (document.querySelector("#changes"));
const told = document.querySelector("#ticked");

/** @returns {NodeListOf<HTMLInputElement>} */
const boxes = () => list.querySelectorAll("input[type=checkbox]");

function count() {
  const ticked = [...boxes()].filter((box) => box.checked).length;
  if (told) told.textContent = `${ticked.toLocaleString("en")} of ${boxes().length.toLocaleString("en")} ticked`;
}

if (list) {
  list.addEventListener("change", count);
  for (const button of document.querySelectorAll("[data-tick]")) {
    button.addEventListener("click", () => {
      for (const box of boxes()) box.checked = Boolean(button.dataset.tick);
      count();
    });
  }
  count();
}
