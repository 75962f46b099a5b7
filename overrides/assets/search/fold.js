// What search takes for the same: width, case, quote form, traditional or simplified, and blanks beside Chinese.
// Does to the query and to the shown texts what generator/search/folding.py did to the index.

import { SIMPLIFIED, TRADITIONAL } from "./variants.js";

const QUOTES = new Map([
  ...[..."“”„‟«»『』「」＂〝〞"].map((char) => [char, '"']),
  ...[..."‘’‚‛＇"].map((char) => [char, "'"]),
  ...[..."—–―‐‑−－"].map((char) => [char, "-"]),
]);
const FORMAT = /\p{Cf}/u;
const BLANK = /[\s\x1c-\x1f\x85]/;
const BLANKS = /[\s\x1c-\x1f\x85]+/g;

const UNKNOWN = 0;
const MANY = 0xffff;
/** Code unit → folded code unit; MANY where `longer` holds none or several. Filled as characters are met. */
const single = new Uint16Array(0x10000);
const longer = new Map();
const simplify = new Map([...TRADITIONAL].map((char, at) => [char, [...SIMPLIFIED][at]]));

/** @param {string} text */
const unquote = (text) => Array.from(text, (char) => QUOTES.get(char) ?? char).join("");

/** One character folded: a blank, nothing, or one or more characters. */
function foldChar(char) {
  if (FORMAT.test(char)) return "";
  if (BLANK.test(char)) return " ";
  const plain = unquote(unquote(char).normalize("NFKC")).replace(BLANKS, "").toLowerCase();
  return Array.from(plain, (c) => simplify.get(c) ?? c).join("");
}

const isWord = (code) => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
const isHighSurrogate = (code) => code >= 0xd800 && code < 0xdc00;

/**
 * Folded text and, when asked for, where each of its code units comes from.
 * @param {string} text
 * @param {Int32Array | null} origin receives for each folded code unit the index of its source character
 */
function folded(text, origin) {
  let units = new Uint16Array(text.length + 16);
  let size = 0;
  let blankAt = -1;
  const push = (code, at) => {
    if (size + 2 > units.length) {
      const wider = new Uint16Array(units.length * 2);
      wider.set(units);
      units = wider;
    }
    if (blankAt >= 0) {
      if (size && isWord(units[size - 1]) && isWord(code)) {
        if (origin) origin[size] = blankAt;
        units[size++] = 0x20;
      }
      blankAt = -1;
    }
    if (origin) origin[size] = at;
    units[size++] = code;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    let into = single[code];
    if (into === UNKNOWN || isHighSurrogate(code)) {
      const char = String.fromCodePoint(text.codePointAt(at));
      const result = longer.get(char) ?? foldChar(char);
      if (char.length === 1 && result.length === 1) {
        into = single[code] = result.charCodeAt(0);
      } else {
        longer.set(char, result);
        if (char.length === 1) single[code] = MANY;
        for (let i = 0; i < result.length; i++) push(result.charCodeAt(i), at);
        at += char.length - 1;
        continue;
      }
    } else if (into === MANY) {
      const result = longer.get(text[at]);
      for (let i = 0; i < result.length; i++) push(result.charCodeAt(i), at);
      continue;
    }
    if (into === 0x20) {
      if (blankAt < 0) blankAt = at;
    } else {
      push(into, at);
    }
  }
  return units.subarray(0, size);
}

const CHUNK = 0x2000;

function asString(units) {
  let text = "";
  for (let at = 0; at < units.length; at += CHUNK) {
    text += String.fromCharCode.apply(null, units.subarray(at, at + CHUNK));
  }
  return text;
}

/** @param {string} text */
export function foldText(text) {
  return asString(folded(text, null));
}

/**
 * Where the terms stand in a text as it is written.
 * @param {string} text
 * @param {string[]} terms folded
 * @returns {{start: number, end: number, term: number}[]} ascending, may overlap
 */
export function findTerms(text, terms) {
  const origin = new Int32Array(text.length * 4 + 16);
  const haystack = asString(folded(text, origin));
  const found = [];
  terms.forEach((needle, term) => {
    if (!needle) return;
    for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
      const last = origin[at + needle.length - 1];
      found.push({ start: origin[at], end: last + (isHighSurrogate(text.charCodeAt(last)) ? 2 : 1), term });
    }
  });
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The hits with overlapping and touching ones made one. */
export function merged(hits) {
  const ranges = [];
  for (const { start, end } of hits) {
    const last = ranges.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}
