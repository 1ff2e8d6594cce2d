/** The start page: pasted text arrives as clean paragraphs, and stays in the form until it is imported. */
import { send } from "./sent.js";

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER LI MAIN OL P PRE SECTION TABLE TD TH TR UL".split(" "),
);
// The source of an article, as a CMS shows it: blocks from the first character to the last.
const MARKUP = /^\s*<(?:!doctype|html|article|section|div|p|h[1-6]|ul|ol|blockquote)\b[^]*<\/(?:html|article|section|div|p|h[1-6]|ul|ol|blockquote)>\s*$/i;
const LEFT_OUT = new Set("BUTTON FORM HEAD IFRAME NAV NOSCRIPT SCRIPT STYLE SVG TEMPLATE TITLE".split(" "));

/**
 * The paragraphs of a piece of HTML, a blank line between them. The HTML is parsed inertly: nothing in it runs
 * or loads.
 * @param {string} html
 */
export function paragraphsOf(html) {
  /** @type {string[]} */
  const blocks = [""];
  /** @param {Node} node */
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) blocks[blocks.length - 1] += (node.nodeValue ?? "").replace(/[ \t\r\n]+/g, " ");
    if (!(node instanceof Element) || LEFT_OUT.has(node.tagName.toUpperCase())) return;
    if (node.tagName === "BR") blocks[blocks.length - 1] += "\n";
    const block = BLOCKS.has(node.tagName);
    if (block) blocks.push("");
    node.childNodes.forEach(walk);
    if (block) blocks.push("");
  };
  walk(new DOMParser().parseFromString(html, "text/html").body);
  return blocks
    .map((block) => block.replace(/ *\n */g, "\n").trim())
    .filter(Boolean)
    .map((block) => block.replace(/\n{2,}/g, "\n\n"))
    .join("\n\n");
}

/** @param {ClipboardEvent} event */
function pasteClean(event) {
  const plain = event.clipboardData?.getData("text/plain") ?? "";
  const html = MARKUP.test(plain) ? plain : event.clipboardData?.getData("text/html");
  const text = html && paragraphsOf(html);
  if (!text) return; // plain text: the browser's own paste, the server makes paragraphs of it
  event.preventDefault();
  document.execCommand("insertText", false, text); // one edit that Ctrl+Z takes back
}

const KEPT = "tarkka:paste";

for (const area of document.querySelectorAll("[data-paste]")) {
  area.addEventListener("paste", pasteClean);
  if (!area.value) area.value = sessionStorage.getItem(`${KEPT}:${area.name}`) ?? ""; // put there by pasting.js
  area.form?.addEventListener("submit", () => send(KEPT));
}
