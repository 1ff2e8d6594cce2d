/** The page of one's own keys: a field takes the key that is pressed in it. */
import { pressed } from "./keys.js";

const LEFT_ALONE = ["Tab", "Shift+Tab", "Control", "Alt", "Shift", "Meta"]; // they move on, or belong to another

for (const field of document.querySelectorAll("[data-key]")) {
  field.addEventListener("keydown", (event) => {
    const press = pressed(event);
    if (event.isComposing || LEFT_ALONE.includes(press) || LEFT_ALONE.includes(event.key)) return;
    event.preventDefault();
    field.value = press === "Backspace" ? "" : press;
  });
}
