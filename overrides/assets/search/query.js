// The query language: several terms mean all of them, "…" is a phrase, -term excludes.

import { foldText } from "./fold.js";

const CLOSING = { '"': '"', "＂": "＂", "“": "”", "「": "」", "『": "』" };
const MINUS = "-－";
const BLANK = /\s/;

/**
 * @typedef {{text: string, folded: string, excluded: boolean, start: number, end: number}} Term
 * `text` as typed without quotes and minus, `start` and `end` its place in the query.
 */

/**
 * The terms of a query. A quotation mark opens a phrase only where a term begins and closes it only where a term
 * ends, so that a passage copied from a text, quotation marks inside, is searched as it stands.
 * @param {string} query
 * @returns {Term[]}
 */
export function parseQuery(query) {
  const terms = [];
  for (let at = 0; at < query.length; ) {
    if (BLANK.test(query[at])) {
      at++;
      continue;
    }
    const start = at;
    const excluded = MINUS.includes(query[at]) && at + 1 < query.length && !BLANK.test(query[at + 1]);
    if (excluded) at++;
    const phraseEnd = closing(query, at);
    let text;
    if (phraseEnd > at) {
      text = query.slice(at + 1, phraseEnd);
      at = Math.min(phraseEnd + 1, query.length);
    } else {
      const from = at;
      while (at < query.length && !BLANK.test(query[at])) at++;
      text = query.slice(from, at);
    }
    const folded = foldText(text);
    if (folded) terms.push({ text, folded, excluded, start, end: at });
  }
  return terms;
}

/** Index of the mark that closes the phrase opening at `at`; -1 when none opens there. */
function closing(query, at) {
  const mark = CLOSING[query[at]];
  if (!mark) return -1;
  for (let end = query.indexOf(mark, at + 1); end >= 0; end = query.indexOf(mark, end + 1)) {
    if (end > at + 1 && (end + 1 === query.length || BLANK.test(query[end + 1]))) return end;
  }
  // A plain quotation mark still to be closed is a phrase being typed.
  return query[at] === '"' && query.indexOf('"', at + 1) < 0 && at + 1 < query.length ? query.length : -1;
}

/** The query without one of its terms. */
export function withoutTerm(query, term) {
  return (query.slice(0, term.start) + query.slice(term.end)).replace(/\s+/g, " ").trim();
}
