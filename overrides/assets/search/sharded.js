// The engine of a large archive: pairs of characters in shards, texts fetched for what is shown or in doubt.

import { chainCount, commonDocs, Grams, intersection } from "./grams.js";
import { countIn, foldedZones, readRecord } from "./records.js";
import { gathered } from "./small.js";
import { Table } from "./table.js";

/** As generator/search/index.py cuts them. */
const CARDS_PER_FILE = 256;
/** Pairs of a term looked up at a time, the rarest first: mostly they leave a few documents, whose texts decide. */
const WAVE = 2;
/** Up to so many documents one more pair will do. */
const NEARLY = 40;
/** Requests of a first search, results included; more results come when asked for. */
const REQUESTS = 8;
/** Text files that a search may fetch for its first results, however many requests it made before. */
const LEAST_TEXTS = 1;

/** Implements the same functions as SmallEngine. */
export class ShardedEngine {
  #postings = new Map();
  /** The file with each document's text, once the table is there. */
  #fileOf = null;

  /** @param {import("./files.js").Files} files */
  constructor(files) {
    this.files = files;
    this.content = files.json("table.bin").then((data) => {
      const table = new Table(data);
      this.#fileOf = table.files.of;
      return { table, grams: new Grams(data.grams, table) };
    });
    this.table = this.content.then(({ table }) => table);
    this.table.catch(() => {});
  }

  async match(term) {
    const { grams } = await this.content;
    const pairs = pairsOf(term);
    if (pairs.length === 1) {
      const found = await this.#lookup(pairs[0]);
      return found.unsure ? this.#verified(found.docs, term) : found;
    }
    const waiting = rarestFirst(pairs, grams);
    const found = new Map();
    for (let size = WAVE; waiting.length; ) {
      const wave = waiting.splice(0, size);
      const postings = await Promise.all(wave.map((pair) => this.#lookup(pair)));
      wave.forEach((pair, at) => found.set(pair, postings[at]));
      const lists = [...found.values()];
      const candidates = commonDocs(lists);
      const left = waiting.length;
      // Where a pair stands in few documents texts tell which; else they decide where they cost no more.
      const must = lists.some(({ unsure }) => unsure);
      const texts = new Set(Array.from(candidates, (doc) => this.#fileOf[doc])).size;
      const may = found.size + texts < REQUESTS || texts <= left + LEAST_TEXTS;
      if (must || may) return this.#verified(candidates, term);
      size = candidates.length > NEARLY ? WAVE : 1;
    }
    return chained(pairs.map((pair) => found.get(pair)));
  }

  matchTitle(char) {
    return this.#lookup([char.charCodeAt(0), 0]);
  }

  async records(docs) {
    const { of, first } = (await this.table).files;
    const files = await Promise.all(Array.from(docs, (doc) => this.files.json(textsName(of[doc]))));
    return files.map((rows, at) => readRecord(rows[docs[at] - first[of[docs[at]]]]));
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
      const name = textsName(this.#fileOf[docs[at]]);
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

  async #lookup([first, second]) {
    const { grams } = await this.content;
    const key = grams.key(first, second);
    let postings = this.#postings.get(key);
    if (!postings) {
      postings = this.#fetched(grams, key);
      this.#postings.set(key, postings);
      postings.catch(() => this.#postings.delete(key));
    }
    return postings;
  }

  async #fetched(grams, key) {
    return grams.find(await this.files.bytes(`grams/${grams.shardOf(key)}.bin`), key);
  }
}

function pairsOf(term) {
  return Array.from({ length: term.length - 1 }, (_, at) => [term.charCodeAt(at), term.charCodeAt(at + 1)]);
}

/** What a character that another pair has already looked up adds to the rarity of a pair. */
const KNOWN = 0.25;

/** By the ranks of their characters the page guesses which pairs are rare, and which say what others don't. */
function rarestFirst(pairs, { ranks, alphabet }) {
  const left = [...pairs];
  const known = new Set();
  const rarity = (unit) => Math.min(ranks[unit], alphabet.length) * (known.has(unit) ? KNOWN : 1);
  return pairs.map(() => {
    const worth = left.map(([first, second]) => rarity(first) + rarity(second));
    const [best] = left.splice(worth.indexOf(Math.max(...worth)), 1);
    best.forEach((unit) => known.add(unit));
    return best;
  });
}

/** The documents in which the pairs stand one behind the other, told by their links. */
function chained(pairs) {
  const rows = intersection(pairs);
  const docs = rows[0].map((row) => pairs[0].docs[row]);
  let at = 0;
  return gathered(docs, () => {
    const places = rows.map((list) => list[at]);
    at++;
    return { count: chainCount(pairs, places), zone: Math.min(...pairs.map(({ zones }, i) => zones[places[i]])) };
  });
}

function textsName(file) {
  return `texts/${file}.bin`;
}
