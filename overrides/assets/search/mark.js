// Marks terms in a page that is already there, across the elements of a paragraph.

import { findTerms, foldText, merged } from "./fold.js";

const BLOCKS = "h1, h2, h3, h4, p, li, figcaption, blockquote, td, th, dd, dt";
const UNTOUCHED = "script, style, noscript, textarea, button, nav";

/**
 * Wraps the hits in <mark class="pn-hit"> and brings the first into view.
 * @param {Element} root @param {string[]} terms as typed
 */
export function markTerms(root, terms) {
  const folded = [...new Set(terms.map(foldText).filter(Boolean))];
  for (const block of root.querySelectorAll(BLOCKS)) {
    // The innermost block holds the text; nothing is marked twice.
    if (block.querySelector(BLOCKS) || block.closest(UNTOUCHED)) continue;
    // A corrected text stands there in both forms, <del> and <ins>: what the new one hasn't, the former may have.
    for (const beside of block.querySelector("del") ? ["del", "ins"] : ["del"]) {
      if (!block.querySelector("mark.pn-hit")) markBlock(block, folded, `${UNTOUCHED}, ${beside}`);
    }
  }
  // The phrases of a closed tag have hits too, which nobody sees.
  [...root.querySelectorAll("mark.pn-hit")].find((mark) => mark.checkVisibility())?.scrollIntoView({ block: "center" });
}

function markBlock(block, terms, untouched) {
  const nodes = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(untouched)) continue;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  // From the back, so that the places found stay true while nodes are split.
  for (const { start, end } of merged(findTerms(text, terms)).reverse()) {
    for (const { node, start: offset } of [...nodes].reverse()) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, node.length);
      if (from < to) wrap(node, from, to);
    }
  }
}

function wrap(node, from, to) {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  const mark = document.createElement("mark");
  mark.className = "pn-hit";
  range.surroundContents(mark);
}
