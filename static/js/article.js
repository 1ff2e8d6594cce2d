/** The article view: the keys that opened it lead back. */
import { bindKeys } from "./keys.js";
import { get } from "./text.js";

const back = () => location.assign(get("a[rel=alternate]").href);
bindKeys(new Map([["article", back], ["leave", back]]));
