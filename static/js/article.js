/** The article view: the keys that opened it lead back. */
import { bindKeys } from "./keys.js";
import { find } from "./text.js";

const back = () => location.assign(/** @type {HTMLAnchorElement} */ (find("a[rel=alternate]")).href);
bindKeys(new Map([["article", back], ["leave", back]]));
