// The engine of a large archive: pairs of characters in shards, texts fetched for what is shown or in doubt.

import { Chain } from "./chain.js";
import { unpacked } from "./files.js";
import { commonDocs, Grams } from "./grams.js";
import { countIn, foldedZones, readRecord } from "./records.js";
import { gathered } from "./small.js";
import { Table, TEXTS_PER_FILE } from "./table.js";

/** As generator/search/index.py cuts them. */
const CARDS_PER_FILE = 256;
/** Pairs looked up at a time, the rarest first: mostly they leave a few documents, whose texts decide. */
const WAVE = 2;
/** Of more pairs than this one more is looked up at first. */
const LONG = 4;
/** So many pairs are looked up at once where many documents share a passage. */
const LAST = 12;
/** Down to so many files of texts one more pair will do. */
const NEARLY = 24;
/** Requests of a first search, results included; more results come when asked for. */
const REQUESTS = 8;
/** In common shards what is so long that many files of texts are to be preferred. */
const HEAVY = 3.2;
/** Requests left for the texts of the first results. */
const LEAST_TEXTS = 1;
/** Of more documents than this the files of texts are not counted one by one. */
const MANY = 200;
/** What it makes of a pair's rarity that it stands beside one already looked up: links tell where both stand. */
const BESIDE = 0.25;
/** Where pairs leave more of the documents than this, most of them will hold the term. */
const STEADY = 0.7;

/** So many waves of shards, then the texts decide where they are as quickly had as the pairs that are left. */
const WAVES = 2;

/** So many documents are fetched to be shown before all is told. */
const EARLY = 1;

/** Implements the same functions as SmallEngine. */
export class ShardedEngine {
  #postings = new Map();
  /** The file with each document's text, once the table is there. */
  #fileOf = null;

  /** @param {import("./files.js").Files} files @param {string} told the table as the page brings it along */
  constructor(files, told) {
    this.files = files;
    this.content = unpacked(told).then((data) => {
      const table = new Table(data);
      this.#fileOf = table.files.of;
      return { table, grams: new Grams(data.grams, table) };
    });
    this.table = this.content.then(({ table }) => table);
    this.table.catch(() => {});
  }

  async match(wanted, excluded, docs, before, early = () => {}) {
    const { grams } = await this.content;
    const chains = wanted.map((term) => new Chain(term, grams));
    const barred = excluded.map((term) => new Chain(term, grams));
    let candidates = docs;
    let steady = false;
    for (let wave = 0; candidates.length; wave++) {
      const open = [...chains, ...barred].filter((chain) => chain.left.length || chain.unsure);
      const undecided = open.some((chain) => chains.includes(chain))
        ? candidates
        : joined(open.map((chain) => chain.narrowed(candidates)));
      if (!open.length || !undecided.length) break;
      const left = open.flatMap((chain) => chain.left.map((place) => ({ chain, place, key: chain.keys[place] })));
      const texts = this.#missing(undecided);
      const may = REQUESTS - (this.files.requests - before);
      const dear = left.filter(({ key }) => grams.weightOf(key) > HEAVY).length;
      // Further pairs would hardly rule out a document, or cost too much for that.
      const vain = steady || dear || may <= LEAST_TEXTS || wave >= WAVES;
      // Where some results are sure, the first of them come along with the texts that decide on the others.
      const shown = undecided === candidates ? 0 : LEAST_TEXTS;
      if (texts + shown <= may || !left.length || (vain && texts <= worthOf(left, grams) + LEAST_TEXTS)) {
        if (undecided !== candidates) tellSure(early, except(candidates, [undecided]), chains, may - texts);
        const held = await this.#verified([...wanted, ...excluded], undecided);
        return told(candidates, chains, excluded, undecided, held);
      }
      // On a slow line a wave takes half a second: where all pairs can be had, or seem to be needed, two must do.
      const whole = new Set(left.map(({ key }) => grams.shardOf(key))).size + LEAST_TEXTS <= may;
      const rest = Math.max(left.length - dear, 1);
      const first = left.length > LONG ? WAVE + 1 : WAVE;
      const all = whole || (steady && texts > NEARLY && left.length <= LAST);
      const some = texts > NEARLY ? WAVE + 1 : vain || texts > NEARLY / 2 ? WAVE : 1;
      const size =
        wave >= WAVES ? (texts <= 2 * may ? 1 : Math.min(rest, LAST))
        : wave ? (all ? rest : some)
        : all ? first
        : WAVE;
      // Few documents share a passage: what stands elsewhere in the phrase tells more of them.
      if (wave >= WAVES) this.#tryFirst(chains, wanted, excluded, undecided, candidates, early).catch(() => {});
      const beside = whole || texts > NEARLY ? BESIDE : 1 / BESIDE;
      // What is wanted comes first: of the few documents that it may leave the texts tell what is excluded.
      const ours = all ? [] : left.filter(({ chain }) => chains.includes(chain));
      await this.#lookUp(chosen(ours.length >= size ? ours : left, size, beside), open, grams);
      const narrowed = without(chains.reduce((few, chain) => chain.narrowed(few), candidates), barred);
      steady = narrowed.length > STEADY * candidates.length;
      candidates = narrowed;
    }
    return { docs: candidates, matches: matchesOf(chains, candidates) };
  }

  /** While further pairs are on their way: those of the likeliest documents whose texts hold what they should. */
  async #tryFirst(chains, wanted, excluded, undecided, candidates, early) {
    if (undecided !== candidates) return tellSure(early, except(candidates, [undecided]), chains, EARLY);
    const { ages } = await this.table;
    const zones = chains.map((chain) => chain.best(candidates));
    const worth = candidates.map((_, at) => zones.reduce((sum, best) => sum + best[at], 0));
    const order = [...candidates.keys()].sort((a, b) => worth[b] - worth[a] || ages[candidates[b]] - ages[candidates[a]]);
    const likely = Int32Array.from(order.slice(0, EARLY), (at) => candidates[at]).sort();
    const held = await this.#verified([...wanted, ...excluded], likely);
    const sure = told(likely, chains, excluded, likely, held);
    if (sure.docs.length) early(sure, EARLY);
  }

  /** Requests made so far. */
  get requests() {
    return this.files.requests;
  }

  matchTitle(char) {
    return this.content.then(({ grams }) => this.#lookup(grams, grams.key(char.charCodeAt(0), 0)));
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

  affordable(docs, before, further) {
    const spent = this.files.requests - before;
    let left = !further ? 0 : spent ? REQUESTS - spent : docs.length;
    const fetched = new Set();
    for (let at = 0; at < docs.length; at++) {
      const name = textsName(this.#fileOf[docs[at]]);
      if (this.files.has(name) || fetched.has(name)) continue;
      // The first result is shown whatever it takes.
      if (left <= 0 && at) return at;
      left--;
      fetched.add(name);
    }
    return docs.length;
  }

  /** How many files with texts of the documents are still to be fetched. */
  #missing(docs) {
    if (docs.length > MANY) return docs.length / TEXTS_PER_FILE;
    const wanted = new Set(Array.from(docs, (doc) => this.#fileOf[doc]));
    return [...wanted].filter((file) => !this.files.has(textsName(file))).length;
  }

  /** The matches of the terms among a few candidates, told by their texts. */
  async #verified(terms, docs) {
    const records = await this.records(docs);
    const zones = new Map(records.map((record, at) => [docs[at], foldedZones(record)]));
    return new Map(terms.map((term) => [term, gathered(docs, (doc) => countIn(zones.get(doc), term))]));
  }

  /** Looks up the chosen pairs, and with them all that lie in shards that are here. */
  async #lookUp(picked, chains, grams) {
    const shards = new Set(picked.map(({ key }) => grams.shardOf(key)));
    const near = chains.flatMap((chain) =>
      chain.left.map((place) => ({ chain, place, key: chain.keys[place] })).filter(({ key }) => {
        const shard = grams.shardOf(key);
        return shards.has(shard) || this.files.has(shardName(shard));
      }),
    );
    const found = await Promise.all(near.map(({ key }) => this.#lookup(grams, key)));
    near.forEach(({ chain, place }, at) => chain.add(place, found[at]));
  }

  async #lookup(grams, key) {
    let postings = this.#postings.get(key);
    if (!postings) {
      postings = this.files.bytes(shardName(grams.shardOf(key))).then((bytes) => grams.find(bytes, key));
      this.#postings.set(key, postings);
      postings.catch(() => this.#postings.delete(key));
    }
    return postings;
  }
}

/** The matches of the terms among documents that hold them all, told by the links. */
function matchesOf(chains, docs) {
  return new Map(chains.map((chain) => [chain.term, docs.length ? chain.matches(docs) : gathered([])]));
}

/** Tells of documents that no excluded term can be in, and how many files of their texts there is room for. */
function tellSure(early, docs, chains, room) {
  if (docs.length) early({ docs, matches: matchesOf(chains, docs) }, Math.max(room, EARLY));
}

/** The documents that the texts of those undecided leave, and where the terms stand in them. */
function told(docs, chains, excluded, undecided, held) {
  const drop = excluded.map((term) => held.get(term).docs);
  if (undecided !== docs) {
    const kept = except(docs, drop);
    return { docs: kept, matches: matchesOf(chains, kept) };
  }
  const matches = new Map(chains.map(({ term }) => [term, held.get(term)]));
  return { docs: except(commonDocs([{ docs }, ...matches.values()]), drop), matches };
}

/** The documents without those that hold an excluded term, as far as the pairs that were looked up tell for sure. */
function without(docs, barred) {
  const sure = barred.filter((chain) => !chain.left.length && !chain.unsure);
  return except(
    docs,
    sure.map((chain) => chain.matches(chain.narrowed(docs)).docs),
  );
}

/** The documents that are in none of the lists. */
function except(docs, lists) {
  const dropped = new Set(lists.flatMap((list) => [...list]));
  return dropped.size ? docs.filter((doc) => !dropped.has(doc)) : docs;
}

/** The documents of all lists, ascending. */
function joined(lists) {
  return Int32Array.from(new Set(lists.flatMap((list) => [...list]))).sort();
}

/** Of the pairs left the rarest, so many of them. */
function chosen(left, size, beside) {
  const picked = [];
  const taken = (chain) => (place) => picked.some((other) => other.chain === chain && other.place === place);
  const worth = ({ chain, place }) => chain.rarity(place, taken(chain), beside);
  while (picked.length < size && picked.length < left.length) {
    const others = left.filter((pair) => !picked.includes(pair));
    picked.push(others.reduce((best, pair) => (worth(pair) < worth(best) ? pair : best)));
  }
  return picked;
}

/** How many files of texts the shards of the pairs are worth: one each, or as much more as one is longer than HEAVY. */
function worthOf(left, grams) {
  const weights = left.map(({ key }) => grams.weightOf(key));
  return weights.reduce((sum, weight) => sum + (weight > HEAVY ? weight : 1), 0);
}

const shardName = (shard) => `grams/${shard}.bin`;
const textsName = (file) => `texts/${file}.bin`;
