// Looks up pairs of characters in the shards that postings.py writes, and follows their links (grams.py tells how).

import { readNumbers } from "./adaptive.js";
import { BitReader, PrefixCode, stepOf } from "./bits.js";
import { TITLE } from "./records.js";

/** Up to so many candidates are verified in their texts: for them the index may have left links out. */
const FEW = 5;

/** What a shard takes mostly, as grams.py cuts them. */
const COMMON_KILOBYTES = 9;
/** Characters of rank r are met about as 1 / (r + FLAT). */
const FLAT = 80;

/** As postings.py has them. */
const GAP_TABLES = 16;
const GAP_CONTEXTS = 5;
const WEIGHTS = Array.from({ length: 12 }, (_, size) => Math.round(64 * 2 ** (0.45 * size)));
const TABLES = 20;
const CLASS_BITS = 5;
const NEAREST = 16;
const STEPS = 24;
const MOST_COUNT = 3;
const KEY_STEPS = 32;
/** As documents.py has them. */
const SHORTEST = 14;
const SIZES = 12;
/** Symbols in a table of each prefix code. */
const SYMBOLS = {
  gaps: STEPS + 1,
  spreads: STEPS + 1,
  rows: 3 * MOST_COUNT * (STEPS + 2),
  links: STEPS + 1,
  keys: KEY_STEPS + 1,
};

/**
 * @typedef {{docs: Int32Array, counts: Int32Array, zones: Uint8Array, bases: Int32Array, linkStarts: Int32Array,
 *   groups: Int32Array, links: Int32Array, group: number, unsure: boolean}} Postings one row a document, ascending; row
 *   r has the links from linkStarts[r] on, each a group and a number in it; the bases count in `group`; where `unsure`,
 *   only some of the documents hold the pair, and their texts tell which and how often
 */
function emptyPostings(size) {
  return {
    docs: new Int32Array(size),
    counts: new Int32Array(size),
    zones: new Uint8Array(size),
    bases: new Int32Array(size),
    linkStarts: new Int32Array(size + 1),
    groups: new Int32Array(0),
    links: new Int32Array(0),
    group: 0,
    unsure: false,
  };
}

/** What must be known of the index before a shard is asked for. */
export class Grams {
  #codes = {};

  /**
   * @param {{alphabet: string, shards: string, alone: string, kilobytes: string, counts: number[],
   *   codes: Record<string, string>}} data
   * @param {import("./table.js").Table} table
   */
  constructor({ alphabet, shards, alone, kilobytes, counts, codes }, table) {
    this.alphabet = alphabet;
    this.ranks = ranksOf(alphabet);
    /** The UTF-16 unit of each rank. */
    this.units = new Uint16Array(0x10000);
    this.ranks.forEach((rank, unit) => (this.units[rank] = unit));
    const [count, long] = counts;
    /** The lowest key of each shard. */
    this.firsts = keysOf(readNumbers(shards, 2 * count));
    const sizes = readNumbers(kilobytes, long);
    let shard = 0;
    /** Of the shards that hold one list alone how long they are. */
    this.alone = new Map(readNumbers(alone, long).map((gain, at) => [(shard += gain), sizes[at]]));
    this.lengths = codes;
    this.sizes = table.sizes(SHORTEST, SIZES);
    this.files = table.files;
    this.weight = this.sizes.reduce((sum, size) => sum + WEIGHTS[size], 0);
  }

  /** Key of a pair of UTF-16 units; of a single character in titles where the second is 0. */
  key(first, second) {
    return first * 0x10000 + this.ranks[second];
  }

  /** Number of the shard that would hold the key. */
  shardOf(key) {
    let low = 0;
    for (let high = this.firsts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (this.firsts[middle] <= key) low = middle;
      else high = middle;
    }
    return low;
  }

  /** How many shards may hold pairs that begin with the unit, and the first of them. */
  shardsOf(unit) {
    const first = this.shardOf(unit * 0x10000);
    return { first, count: this.shardOf(unit * 0x10000 + 0xffff) - first + 1 };
  }

  /** The number of the key's shard among those of its first character: what links name. */
  groupOf(key) {
    return this.shardOf(key) - this.shardsOf(charOf(key)).first;
  }

  /** True for a pair that has its shard alone: a link to its group can mean nothing else. */
  isAlone(key) {
    const shard = this.shardOf(key);
    return this.alone.has(shard) && this.firsts[shard] === key;
  }

  /** The size of the key's shard in common ones. */
  weightOf(key) {
    return Math.max((this.alone.get(this.shardOf(key)) ?? 0) / COMMON_KILOBYTES, 1);
  }

  /**
   * About how long the list of a pair is, in common shards: by the place of its second character among those that
   * share the shard, the common ones having the lower ranks.
   */
  expected(key) {
    if (this.isAlone(key)) return this.weightOf(key);
    const shard = this.shardOf(key);
    const rank = key % 0x10000;
    const from = this.firsts[shard];
    const to = this.firsts[shard + 1] ?? Infinity;
    const begins = charOf(from) === charOf(key);
    const ends = charOf(to) === charOf(key);
    const low = begins ? from % 0x10000 : 0;
    const high = ends ? to % 0x10000 : this.alphabet.length;
    const share = begins && ends ? 1 : begins || ends ? 0.5 : 0.25;
    return share / ((rank + FLAT) * Math.log((high + FLAT) / (low + FLAT)));
  }

  /** The postings of a key in its shard; empty where the key is not there. @returns {Postings} */
  find(bytes, wanted) {
    return new Shard(this, bytes, this.firsts[this.shardOf(wanted)], wanted).find();
  }

  /** A table of a prefix code, made when first wanted. */
  code(name, table) {
    const made = (this.#codes[name] ??= []);
    let code = made[table];
    if (!code) {
      const size = SYMBOLS[name];
      const digits = this.lengths[name].slice(table * size, (table + 1) * size);
      code = new PrefixCode(Array.from(digits, (digit) => parseInt(digit, 16)));
      made[table] = code;
    }
    return code;
  }

  /** The tables for numbers of a class, by size of document. */
  tables(name, numberClass) {
    return Array.from({ length: SIZES }, (_, size) =>
      this.code(name, Math.min(Math.max(numberClass - NEAREST + size, 0), TABLES - 1)),
    );
  }
}

/** Rank of each UTF-16 unit: 0 is kept for none, then the alphabet, then the others by code. */
function ranksOf(alphabet) {
  const ranks = new Uint16Array(0x10000);
  for (let at = 0; at < alphabet.length; at++) ranks[alphabet.charCodeAt(at)] = at + 1;
  let next = alphabet.length + 1;
  for (let code = 1; code < ranks.length; code++) if (!ranks[code]) ranks[code] = next++;
  return ranks;
}

/** Keys by their gains: that of the first character, then that of the rank, which counts anew behind another. */
function keysOf(gains) {
  const keys = new Float64Array(gains.length / 2);
  let rank = 0;
  let char = 0;
  for (let at = 0; at < keys.length; at++) {
    const [other, more] = gains.slice(2 * at, 2 * at + 2);
    char += other;
    rank = (other ? 0 : rank) + more;
    keys[at] = char * 0x10000 + rank;
  }
  return keys;
}

const charOf = (key) => Math.floor(key / 0x10000);

/** Reads a shard up to one key. */
class Shard {
  constructor(grams, bytes, first, wanted) {
    this.grams = grams;
    this.reader = new BitReader(bytes);
    this.first = first;
    this.wanted = wanted;
    this.documents = grams.sizes.length;
    /** Occurrences of the present first character before in this shard, by document. */
    this.numbers = new Int32Array(this.documents);
  }

  find() {
    const { reader, wanted } = this;
    const entries = reader.gamma() - 1;
    let key = this.first;
    let previous = KEY_STEPS;
    let begun = -1;
    for (let entry = 0; entry < entries; entry++) {
      if (entry) {
        previous = reader.symbol(this.grams.code("keys", previous === KEY_STEPS ? 0 : 1 + (previous >> 1)));
        if (previous === KEY_STEPS) {
          key = (charOf(key) + reader.gamma()) * 0x10000;
          key += reader.gamma() - 1;
        } else {
          key += reader.value(previous) + 1;
        }
      }
      if (key > wanted) break;
      const char = charOf(key);
      if (char !== begun) {
        begun = char;
        this.numbers.fill(0);
      }
      const postings = this.#entry(key, key === wanted);
      if (key === wanted) return postings;
    }
    return emptyPostings(0);
  }

  /** Reads an entry; keeps what it reads only where it is wanted. */
  #entry(key, wanted) {
    const { reader, grams } = this;
    const spread = this.#stepped(reader.symbol(grams.code("spreads", 0))) + 1;
    if (key % 0x10000 === 0) return this.#titleRows(spread, wanted);
    if (spread <= FEW) return this.#files(spread, wanted);
    const kept = wanted ? emptyPostings(spread) : null;
    const linkClass = reader.bits(CLASS_BITS);
    const rowTables = grams.tables("rows", linkClass);
    const linkTables = grams.tables("links", linkClass);
    const groupCode = new GroupCode(reader, grams.shardsOf(grams.units[key % 0x10000]).count);
    const gaps = new Gaps(this, spread);
    const groups = [];
    const links = [];
    for (let row = 0; row < spread; row++) {
      const doc = gaps.next();
      const size = grams.sizes[doc];
      const symbol = reader.symbol(rowTables[size]);
      const step = symbol % (STEPS + 2);
      const place = (symbol - step) / (STEPS + 2);
      let count = (place % MOST_COUNT) + 1;
      if (count === MOST_COUNT) count = reader.gamma() + MOST_COUNT - 1;
      const linkCount = step && count > 1 ? count + 1 - reader.gamma() : Math.min(step, 1);
      if (kept) {
        kept.docs[row] = doc;
        kept.counts[row] = count;
        kept.zones[row] = Math.floor(place / MOST_COUNT);
        kept.bases[row] = this.numbers[doc];
        kept.linkStarts[row + 1] = links.length + linkCount;
      }
      this.numbers[doc] += count;
      let group = -1;
      let link = 0;
      for (let at = 0; at < linkCount; at++) {
        const before = group;
        group = groupCode.next(reader, before);
        const number = this.#stepped(at ? reader.symbol(linkTables[size]) : step - 1);
        link = group === before ? link + number + 1 : number;
        if (kept) {
          groups.push(group);
          links.push(link);
        }
      }
    }
    if (kept) {
      kept.group = grams.groupOf(key);
      kept.groups = Int32Array.from(groups);
      kept.links = Int32Array.from(links);
    }
    return kept;
  }

  /** The rows of a single character of titles. */
  #titleRows(spread, wanted) {
    const kept = wanted ? emptyPostings(spread) : null;
    const gaps = new Gaps(this, spread);
    for (let row = 0; row < spread; row++) {
      const doc = gaps.next();
      const count = this.reader.gamma();
      if (kept) {
        kept.docs[row] = doc;
        kept.counts[row] = count;
        kept.zones[row] = TITLE;
      }
    }
    return kept;
  }

  /** All documents of the files of texts that hold a pair in few documents. */
  #files(spread, wanted) {
    const { first } = this.grams.files;
    const gaps = new Gaps(this, spread, first);
    const docs = [];
    for (let row = 0; row < spread; row++) {
      const file = gaps.next();
      for (let doc = first[file]; doc < first[file + 1]; doc++) docs.push(doc);
    }
    return wanted ? { ...emptyPostings(docs.length), docs: Int32Array.from(docs), unsure: true } : null;
  }

  #stepped(step) {
    return stepped(this.reader, step);
  }
}

/** A number by its step; beyond the last step a gamma code tells it. */
const stepped = (reader, step) => (step < STEPS ? reader.value(step) : reader.gamma() - 1);

/** How the links of an entry tell their groups: postings.py tells of the code. */
class GroupCode {
  /** Groups with a code, shorter codes first, and how many codes there are of each length; none for plain numbers. */
  #coded = [];
  #counts = [];
  #width = 0;
  #rising = false;

  constructor(reader, count) {
    if (count === 1) return;
    if (!reader.bits(1)) {
      this.#width = 32 - Math.clz32(count - 1);
      return;
    }
    this.#rising = reader.bits(1) === 1;
    const size = reader.gamma() - 1;
    let group = -1;
    for (let at = 0; at < size; at++) {
      group += reader.gamma();
      this.#coded.push({ group, length: size > 2 ? reader.gamma() : size - 1 });
    }
    this.#coded.sort((a, b) => a.length - b.length || a.group - b.group);
    for (const { length } of this.#coded) this.#counts[length] = (this.#counts[length] ?? 0) + 1;
  }

  /** The group of a link, given that of the link before in its row, -1 where there is none. */
  next(reader, before) {
    const number = this.#number(reader);
    return this.#rising && before > 0 ? before + number : number;
  }

  #number(reader) {
    if (!this.#coded.length) return reader.bits(this.#width);
    let first = 0;
    let before = 0;
    let code = 0;
    for (let length = 0; length < this.#counts.length; length++) {
      if (length) {
        code = 2 * code + reader.bits(1);
        first *= 2;
      }
      const count = this.#counts[length] ?? 0;
      if (code - first < count) return this.#coded[before + code - first].group;
      first += count;
      before += count;
    }
    throw new Error("the index has a code that it did not tell");
  }
}

/** Reads which documents, or which files, given the first document of each, hold a pair; postings.py has the code. */
class Gaps {
  #at = -1;
  #context = 0;

  constructor({ reader, grams }, spread, files) {
    this.reader = reader;
    this.grams = grams;
    this.files = files;
    this.expected = [1, 2].map((texts) =>
      WEIGHTS.map((weight) => stepOf(Math.floor((grams.weight * 16) / (texts * spread * weight)))),
    );
  }

  /** The expected gap to the next one, as a step. */
  #expected() {
    const { sizes } = this.grams;
    const next = this.#at + 1;
    if (!this.files) return this.expected[0][sizes[Math.min(next, sizes.length - 1)]];
    const file = Math.min(next, this.files.length - 2);
    const texts = this.files[file + 1] - this.files[file];
    return this.expected[texts - 1][sizes[this.files[file]]];
  }

  next() {
    const { reader, grams } = this;
    const expected = this.#expected();
    const low = Math.max((expected >> 1) - GAP_TABLES / 2 + 1, 0);
    const table = low ? GAP_TABLES - 2 + (expected & 1) : expected;
    const step = reader.symbol(grams.code("gaps", table * GAP_CONTEXTS + this.#context));
    const high = stepped(reader, step);
    this.#context = 1 + Math.min(Math.floor(step / 3), GAP_CONTEXTS - 2);
    this.#at += high * 2 ** low + reader.bits(low) + 1;
    return this.#at;
  }
}

/** The documents in all of the postings. @param {Postings[]} all */
export function commonDocs(all) {
  const lists = all.map(({ docs }) => docs).sort((a, b) => a.length - b.length);
  return lists.reduce(common);
}

/**
 * Where documents that all of the postings have stand in each of them.
 * @param {Int32Array} docs @param {Postings[]} all
 * @returns {Int32Array[]} rows by posting list, in document order
 */
export function rowsIn(docs, all) {
  return all.map((postings) => rowsOf(docs, postings.docs));
}

function common(few, many) {
  const kept = new Int32Array(few.length);
  let size = 0;
  for (let a = 0, b = 0; a < few.length; a++) {
    while (b < many.length && many[b] < few[a]) b++;
    if (many[b] === few[a]) kept[size++] = few[a];
  }
  return kept.subarray(0, size);
}

function rowsOf(docs, among) {
  const rows = new Int32Array(docs.length);
  for (let a = 0, b = 0; a < docs.length; a++) {
    while (among[b] < docs[a]) b++;
    rows[a] = b;
  }
  return rows;
}

/**
 * How often the pairs stand one behind the other in a document, by their links.
 * @param {Postings[]} pairs @param {number[]} rows the document's row in each
 * @param {{group: number, alone: boolean}} [next] a pair that has to follow: what is linked to another group does not
 *   count, nor what has no link, if the pair has its group alone; else it may be in too few documents to be linked to
 */
export function chainCount(pairs, rows, next) {
  // Occurrences of the first pair, each followed as far as the chain holds.
  let current = Array.from({ length: pairs[0].counts[rows[0]] }, (_, at) => at);
  for (let at = 1; at < pairs.length && current.length; at++) {
    const { group, bases, counts } = pairs[at];
    const base = bases[rows[at]];
    const count = counts[rows[at]];
    const reached = [];
    for (const occurrence of current) {
      const link = linkOf(pairs[at - 1], rows[at - 1], occurrence);
      if (link < 0 || pairs[at - 1].groups[link] !== group) continue;
      const following = pairs[at - 1].links[link] - base;
      if (following >= 0 && following < count) reached.push(following);
    }
    current = reached;
  }
  if (!next) return current.length;
  const last = pairs.at(-1);
  return current.filter((occurrence) => {
    const link = linkOf(last, rows.at(-1), occurrence);
    return link < 0 ? !next.alone : last.groups[link] === next.group;
  }).length;
}

/** The place of an occurrence's link; -1 where it has none. */
function linkOf({ linkStarts }, row, occurrence) {
  const link = linkStarts[row] + occurrence;
  return link < linkStarts[row + 1] ? link : -1;
}
