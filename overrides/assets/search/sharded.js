// The engine of a large archive: pairs of characters in shards, texts fetched for what is shown or in doubt.

import { chainCount, commonDocs, FEW, findPostings, intersection, keyShard, mixedKey } from "./grams.js";
import { countIn, foldedZones, readRecord } from "./records.js";
import { gathered } from "./small.js";
import { Table } from "./table.js";

/** As generator/search/index.py cuts them. */
const TEXTS_PER_FILE = 2;
const CARDS_PER_FILE = 256;
/** Pairs of a term looked up at a time, the rarest first: mostly they leave a few documents, whose texts decide. */
const WAVES = [3, 2, Infinity];
/** Characters of newspapers, commonest first: by them the page guesses which pairs are rare. */
const COMMON =
  ',的。国"中、0在业一是1年大2有产不为了发日和上美对能行人以新出成市会家要品来这全企经5到个进高地场方本于价展力公3时生工化用将前作' +
  "多合现商同动电下月加部.制机实也长关政通等重量4面内%与而过增可主元开定自度6分目建我体兴资7外就8其提之理应务表格技司者此平期后事购系" +
  "采示利区比9最三入强设已从车持报据正保性们万海济但调更次总求安今相计还间向规及推心明战口水得供数道造信如近题管问需金因所并民都导达说统术" +
  "标创销点他基府消天代法然件当亿势解种联小子科领着交军质续两投;认记际意好升营位情程源东研至费集由-式项步)台受(原使立第特改指布球文收些";
/** Requests of a first search, results included; more results come when asked for. */
const REQUESTS = 8;
/** Text files that a search may fetch for its first results, however many requests it made before. */
const LEAST_TEXTS = 2;

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
    for (const pair of rarestFirst(pairsOf(term)).slice(0, WAVES[0])) this.#lookup(pair).catch(() => {});
  }

  async match(term) {
    const pairs = pairsOf(term);
    if (pairs.length === 1) return this.#lookup(pairs[0]);
    const waiting = rarestFirst(pairs);
    const found = new Map();
    for (const size of WAVES) {
      const wave = waiting.splice(0, size);
      if (!wave.length) break;
      const postings = await Promise.all(wave.map((pair) => this.#lookup(pair)));
      wave.forEach((pair, at) => found.set(pair, postings[at]));
      const candidates = commonDocs([...found.values()]);
      if (candidates.length <= FEW) return this.#verified(candidates, term);
    }
    return chained(pairs.map((pair) => found.get(pair)));
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

function rarestFirst(pairs) {
  const rarity = (unit) => {
    const place = COMMON.indexOf(String.fromCharCode(unit));
    return place < 0 ? COMMON.length : place;
  };
  return [...pairs].sort((a, b) => rarity(b[0]) + rarity(b[1]) - rarity(a[0]) - rarity(a[1]));
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

function textFile(doc) {
  return `texts/${Math.floor(doc / TEXTS_PER_FILE)}.bin`;
}
