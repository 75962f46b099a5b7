// The engine of a large archive: pairs of characters in shards, texts fetched for what is shown or in doubt.

import { chainCount, FEW, findPostings, intersection, keyShard, mixedKey } from "./grams.js";
import { countIn, foldedZones, readRecord } from "./records.js";
import { gathered } from "./small.js";
import { Table } from "./table.js";

/** As generator/search/index.py cuts them. */
const TEXTS_PER_FILE = 4;
const CARDS_PER_FILE = 256;
/** Pairs of a long term looked up at first: mostly they leave a few documents, whose texts then decide. */
const FIRST_PAIRS = 4;
/** Requests of a first search, results included; more results come when asked for. */
const REQUESTS = 8;
/** Text files that a search may fetch for its first results, however many requests it made before. */
const LEAST_TEXTS = 3;

/** Implements the same functions as SmallEngine. */
export class ShardedEngine {
  #postings = new Map();

  /**
   * @param {import("./files.js").Files} files
   * @param {number} documents @param {number} shards
   */
  constructor(files, documents, shards) {
    this.files = files;
    this.documents = documents;
    this.shards = shards;
    this.table = files.json("table.bin").then((data) => new Table(data));
    this.table.catch(() => {});
  }

  prefetch(term) {
    for (const pair of firstPairs(pairsOf(term))) this.#lookup(pair).catch(() => {});
  }

  async match(term) {
    const pairs = pairsOf(term);
    if (pairs.length === 1) return this.#lookup(pairs[0]);
    const first = firstPairs(pairs);
    const some = await this.#lookupAll(first);
    const candidates = docsOf(some);
    if (candidates.length <= FEW) return this.#verified(candidates, term);
    const all = first.length < pairs.length ? await this.#lookupAll(pairs) : some;
    const rows = intersection(all);
    const docs = Array.from(rows[0], (row) => all[0].docs[row]);
    if (docs.length <= FEW) return this.#verified(docs, term);
    const places = new Map(docs.map((doc, at) => [doc, rows.map((list) => list[at])]));
    return gathered(docs, (doc) => {
      const place = places.get(doc);
      return { count: chainCount(all, place), zone: Math.min(...all.map(({ zones }, at) => zones[place[at]])) };
    });
  }

  matchTitle(char) {
    return this.#lookup([char.charCodeAt(0), 0]);
  }

  async records(docs) {
    const files = await Promise.all(Array.from(docs, (doc) => this.files.json(textFile(doc))));
    return files.map((rows, at) => readRecord(rows[docs[at] % TEXTS_PER_FILE]));
  }

  async cards(docs) {
    const name = (doc) => `cards/${Math.floor(doc / CARDS_PER_FILE)}.bin`;
    const files = await Promise.all(Array.from(docs, (doc) => this.files.json(name(doc))));
    return files.map((rows, at) => rows[docs[at] % CARDS_PER_FILE]);
  }

  affordable(docs, before) {
    const spent = this.files.requests - before;
    let left = spent ? Math.max(LEAST_TEXTS, REQUESTS - spent) : docs.length;
    const fetched = new Set();
    for (let at = 0; at < docs.length; at++) {
      const name = textFile(docs[at]);
      if (this.files.has(name) || fetched.has(name)) continue;
      if (!left) return at;
      left--;
      fetched.add(name);
    }
    return docs.length;
  }

  /** The matches among a few candidates, told by their texts. */
  async #verified(docs, term) {
    const records = await this.records(docs);
    const zones = new Map(records.map((record, at) => [docs[at], foldedZones(record)]));
    return gathered(docs, (doc) => countIn(zones.get(doc), term));
  }

  #lookupAll(pairs) {
    return Promise.all(pairs.map((pair) => this.#lookup(pair)));
  }

  #lookup([first, second]) {
    const key = mixedKey(first, second);
    let postings = this.#postings.get(key);
    if (!postings) {
      postings = this.files
        .bytes(`grams/${keyShard(key, this.shards)}.bin`)
        .then((bytes) => findPostings(bytes, key, this.shards, this.documents));
      this.#postings.set(key, postings);
      postings.catch(() => this.#postings.delete(key));
    }
    return postings;
  }
}

function pairsOf(term) {
  return Array.from({ length: term.length - 1 }, (_, at) => [term.charCodeAt(at), term.charCodeAt(at + 1)]);
}

/** All pairs of a short term; of a long one FIRST_PAIRS spread over it. */
function firstPairs(pairs) {
  if (pairs.length <= FIRST_PAIRS) return pairs;
  const step = (pairs.length - 1) / (FIRST_PAIRS - 1);
  return Array.from({ length: FIRST_PAIRS }, (_, at) => pairs[Math.round(at * step)]);
}

function docsOf(postings) {
  const [rows] = intersection(postings);
  return Array.from(rows, (row) => postings[0].docs[row]);
}

function textFile(doc) {
  return `texts/${Math.floor(doc / TEXTS_PER_FILE)}.bin`;
}
