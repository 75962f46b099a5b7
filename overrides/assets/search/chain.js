// A term as a chain of pairs: which of them were looked up, and which documents may hold them one behind the other.

import { chainCount, commonDocs, rowsIn } from "./grams.js";
import { TITLE } from "./records.js";
import { gathered } from "./small.js";

/** What it makes of a pair's rarity that a word ends between its characters. */
const APART = 0.03;

export class Chain {
  #found = new Map();

  /** @param {string} term of two characters or more @param {import("./grams.js").Grams} grams */
  constructor(term, grams) {
    this.term = term;
    this.grams = grams;
    this.keys = Array.from({ length: term.length - 1 }, (_, at) =>
      grams.key(term.charCodeAt(at), term.charCodeAt(at + 1)),
    );
    // What the last pair alone can be need not be looked up: the links of the one before say where it follows.
    this.needed = this.keys.length - (this.keys.length > 1 && grams.isAlone(this.keys.at(-1)));
    this.bounds = wordBounds(term);
  }

  /** Places of the pairs still to be looked up. */
  get left() {
    return [...this.keys.keys()].filter((place) => place < this.needed && !this.#found.has(place));
  }

  /** True where only texts can tell which documents hold the term. */
  get unsure() {
    return [...this.#found.values()].some(({ unsure }) => unsure);
  }

  /** @param {number} place @param {import("./grams.js").Postings} postings */
  add(place, postings) {
    this.#found.set(place, postings);
  }

  /**
   * How long the list of a pair is, about, in common shards, less where it tells more than others.
   * @param {number} place @param {(place: number) => boolean} taken which are on their way
   */
  rarity(place, taken, beside) {
    const known = (other) => this.#found.has(other) || taken(other);
    return (
      this.grams.expected(this.keys[place]) *
      (known(place - 1) || known(place + 1) ? beside : 1) *
      (this.bounds.has(place + 1) ? APART : 1)
    );
  }

  /** Those of the documents that may hold the term, as far as the pairs that were looked up tell. */
  narrowed(docs) {
    let left = commonDocs([{ docs }, ...this.#found.values()]);
    for (const { lists, next } of this.#runs()) {
      const rows = rowsIn(left, lists);
      left = left.filter((_, at) => chainCount(lists, rows.map((places) => places[at]), next));
    }
    return left;
  }

  /** The best zone in which each of the documents, all narrowed to, may hold the term. */
  best(docs) {
    const pairs = [...this.#found.values()].filter(({ unsure }) => !unsure);
    const rows = rowsIn(docs, pairs);
    return docs.map((_, at) => Math.min(TITLE, ...pairs.map(({ zones }, pair) => zones[rows[pair][at]])));
  }

  /**
   * The matches among documents that have all pairs, told by the links.
   * @returns {import("./small.js").Matches}
   */
  matches(docs) {
    const pairs = Array.from({ length: this.needed }, (_, place) => this.#found.get(place));
    const next = this.#following(this.needed);
    const rows = rowsIn(docs, pairs);
    let at = 0;
    return gathered(docs, () => {
      const places = rows.map((list) => list[at]);
      at++;
      const zone = Math.min(...pairs.map(({ zones }, i) => zones[places[i]]));
      return { count: chainCount(pairs, places, next), zone };
    });
  }

  /** The runs of pairs known for sure, each with what is to follow where that pair is not known. */
  #runs() {
    const all = [];
    for (let place = 0; place < this.keys.length; place++) {
      const lists = [];
      while (this.#found.has(place) && !this.#found.get(place).unsure) lists.push(this.#found.get(place++));
      const next = this.#found.has(place) ? null : this.#following(place);
      if (lists.length > 1 || (lists.length && next)) all.push({ lists, next });
    }
    return all;
  }

  /** The pair at a place as what has to follow; null where there is none. */
  #following(place) {
    if (place === this.keys.length) return null;
    const { grams, keys } = this;
    return { group: grams.groupOf(keys[place]), alone: grams.isAlone(keys[place]) };
  }
}

/** The offsets in a term at which words begin, as far as the browser knows: they only say what to look up first. */
function wordBounds(term) {
  if (!Intl.Segmenter) return new Set();
  const words = new Intl.Segmenter("zh", { granularity: "word" }).segment(term);
  return new Set(Array.from(words, ({ index }) => index));
}
