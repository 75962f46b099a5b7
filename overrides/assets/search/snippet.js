// The words around a hit.

import { findTerms, merged } from "./fold.js";
import { WORDS } from "./words.js";

/** Characters of a snippet, and of them before its first hit. */
const WIDTH = 96;
const BEFORE = 26;
const SNIPPETS = 2;
/** A snippet rather begins behind one of these than in the middle of a clause. */
const CLAUSE_END = /[。！？；，、：\n]/;

/**
 * @typedef {{text: string, ranges: {start: number, end: number}[], cutBefore: boolean, cutAfter: boolean, note: string}} Snippet
 */

/** A text with the hits in it. */
export function marked(text, terms) {
  return { text, ranges: merged(findTerms(text, terms)) };
}

/**
 * Up to two passages of the record that show the terms; its beginning where only the title holds them.
 * @returns {Snippet[]}
 */
export function snippetsOf(record, terms) {
  const passages = [
    ...record.paragraphs.map((text) => ({ text, note: "" })),
    ...record.captions.map((text) => ({ text, note: WORDS.inCaption })),
    ...record.byline.map((text) => ({ text, note: WORDS.inSignature })),
    ...record.otherForms.map((text) => ({ text, note: WORDS.inOtherForm })),
  ];
  const missing = new Set(terms.keys());
  const found = [];
  for (const passage of passages) {
    const hits = findTerms(passage.text, terms);
    if (hits.length) found.push({ ...passage, hits, at: found.length });
  }
  const snippets = [];
  // First the passages that show most of the terms not shown yet.
  while (found.length && snippets.length < SNIPPETS) {
    const news = (passage) => new Set(passage.hits.map((hit) => hit.term).filter((term) => missing.has(term))).size;
    found.sort((a, b) => news(b) - news(a) || a.at - b.at);
    const best = found.shift();
    if (snippets.length && !news(best)) break;
    snippets.push(cut(best, missing));
  }
  if (!snippets.length && record.paragraphs.length) {
    const text = record.paragraphs[0];
    return [{ text: text.slice(0, WIDTH), ranges: [], cutBefore: false, cutAfter: text.length > WIDTH, note: "" }];
  }
  return snippets;
}

/** The window around the first hit of a term not shown yet. */
function cut({ text, hits, note }, missing) {
  const first = hits.find((hit) => missing.has(hit.term)) ?? hits[0];
  let from = Math.max(0, Math.min(first.start - BEFORE, text.length - WIDTH));
  for (let at = first.start - 1; at >= from && from > 0; at--) {
    if (CLAUSE_END.test(text[at])) {
      from = at + 1;
      break;
    }
  }
  if (text.length <= WIDTH * 1.2) from = 0;
  let to = text.length <= WIDTH * 1.2 ? text.length : Math.min(text.length, Math.max(from + WIDTH, first.end));
  from = boundary(text, from);
  to = boundary(text, to);
  for (const hit of hits) if (hit.start >= from && hit.end <= to) missing.delete(hit.term);
  const ranges = merged(hits)
    .filter(({ start, end }) => end > from && start < to)
    .map(({ start, end }) => ({ start: Math.max(start, from) - from, end: Math.min(end, to) - from }));
  return { text: text.slice(from, to), ranges, cutBefore: from > 0, cutAfter: to < text.length, note };
}

/** The index, moved so that it does not split a surrogate pair. */
function boundary(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at - 1 : at;
}
