// The engine of a large archive: pairs of characters in shards, texts fetched for what is shown or in doubt.

import { chainCount, commonDocs, Grams, rowsIn } from "./grams.js";
import { countIn, foldedZones, readRecord } from "./records.js";
import { gathered } from "./small.js";
import { Table } from "./table.js";

/** As generator/search/index.py cuts them. */
const CARDS_PER_FILE = 256;
/** Pairs of a term looked up at a time, the rarest first: mostly they leave a few documents, whose texts decide. */
const WAVE = 2;
/** Down to so many files of texts one more pair will do. */
const NEARLY = 8;
/** Requests of a first search, results included; more results come when asked for. */
const REQUESTS = 8;
/** In common shards what is so long that many files of texts are to be preferred. */
const HEAVY = 3.2;
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
    const keys = keysOf(term, grams);
    if (keys.length === 1) {
      const found = await this.#lookup(keys[0]);
      return found.unsure ? this.#verified(found.docs, term) : found;
    }
    // What the last pair alone can be need not be looked up: the links of the one before say where it follows.
    const wanted = keys.length - grams.isAlone(keys.at(-1));
    const bounds = wordBounds(term);
    const found = new Map();
    for (let size = WAVE; found.size < wanted; ) {
      const places = chosen(keys.slice(0, wanted), found, grams, bounds, size);
      const postings = await Promise.all(places.map((place) => this.#lookup(keys[place])));
      places.forEach((place, at) => found.set(place, postings[at]));
      const candidates = possible(keys, found, grams);
      const left = keys.slice(0, wanted).filter((_, place) => !found.has(place));
      // Where a pair stands in few documents texts tell which; else they decide where they cost no more.
      const must = postings.some(({ unsure }) => unsure);
      const texts = new Set(Array.from(candidates, (doc) => this.#fileOf[doc])).size;
      const may = found.size + texts < REQUESTS || texts <= LEAST_TEXTS + worthOf(left, grams);
      if (must || (left.length && may)) return this.#verified(candidates, term);
      size = texts > NEARLY ? WAVE : 1;
    }
    return chained(
      keys.slice(0, wanted).map((_, place) => found.get(place)),
      following(keys, wanted, grams),
    );
  }

  matchTitle(char) {
    return this.content.then(({ grams }) => this.#lookup(grams.key(char.charCodeAt(0), 0)));
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

  async #lookup(key) {
    const { grams } = await this.content;
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

/** The keys of a term's pairs. */
function keysOf(term, grams) {
  return Array.from({ length: term.length - 1 }, (_, at) => grams.key(term.charCodeAt(at), term.charCodeAt(at + 1)));
}

/** What it makes of a pair's rarity that it stands beside one already looked up: links tell where both stand. */
const BESIDE = 0.25;

/** What it makes of a pair's rarity that a word ends between its characters. */
const APART = 0.03;

/** The offsets in a term at which words begin, as far as the browser knows: they only say what to look up first. */
function wordBounds(term) {
  if (!Intl.Segmenter) return new Set();
  const words = new Intl.Segmenter("zh", { granularity: "word" }).segment(term);
  return new Set(Array.from(words, ({ index }) => index));
}

/** The places of the pairs to look up next: the rarest ones. */
function chosen(keys, found, grams, bounds, size) {
  const places = new Set();
  const taken = (place) => found.has(place) || places.has(place);
  const worth = (place) =>
    grams.expected(keys[place]) *
    (taken(place - 1) || taken(place + 1) ? BESIDE : 1) *
    (bounds.has(place + 1) ? APART : 1);
  while (places.size < size && found.size + places.size < keys.length) {
    const left = [...keys.keys()].filter((place) => !taken(place));
    places.add(left.reduce((best, place) => (worth(place) < worth(best) ? place : best)));
  }
  return [...places];
}

/** The documents that may hold all pairs one behind the other, as far as those that were looked up tell. */
function possible(keys, found, grams) {
  let docs = commonDocs([...found.values()]);
  for (const { lists, next } of runs(keys, found, grams)) {
    const rows = rowsIn(docs, lists);
    docs = docs.filter((_, at) => chainCount(lists, rows.map((places) => places[at]), next));
  }
  return docs;
}

/** The runs of pairs known for sure, each with what is to follow where that pair is not known. */
function runs(keys, found, grams) {
  const all = [];
  for (let place = 0; place < keys.length; place++) {
    const lists = [];
    while (found.has(place) && !found.get(place).unsure) lists.push(found.get(place++));
    const next = found.has(place) ? null : following(keys, place, grams);
    if (lists.length > 1 || (lists.length && next)) all.push({ lists, next });
  }
  return all;
}

/** The pair at a place as what has to follow; null where there is none. */
function following(keys, place, grams) {
  if (place === keys.length) return null;
  return { group: grams.groupOf(keys[place]), alone: grams.isAlone(keys[place]) };
}

/** How many files of texts the shards of the pairs are worth: one each, or as much more as one is longer than HEAVY. */
function worthOf(keys, grams) {
  const weights = keys.map((key) => grams.weightOf(key));
  return weights.reduce((sum, weight) => sum + (weight > HEAVY ? weight : 1), 0);
}

/** The documents in which the pairs stand one behind the other and before the next, told by their links. */
function chained(pairs, next) {
  const docs = commonDocs(pairs);
  const rows = rowsIn(docs, pairs);
  let at = 0;
  return gathered(docs, () => {
    const places = rows.map((list) => list[at]);
    at++;
    return { count: chainCount(pairs, places, next), zone: Math.min(...pairs.map(({ zones }, i) => zones[places[i]])) };
  });
}

function textsName(file) {
  return `texts/${file}.bin`;
}
