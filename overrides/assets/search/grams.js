// Looks up pairs of characters in the shards that postings.py writes, and follows their links (grams.py tells how).

import { BitReader, riceParameter } from "./bits.js";
import { BODY, LEAD, TITLE } from "./records.js";

/** Up to so many candidates are verified in their texts: for them the index may have left links out. */
export const FEW = 4;

const KEYS = 2 ** 32;
const PARAMETER_BITS = 5;

/** Scrambled key of a pair of UTF-16 units; of a single character in titles where the second is 0. */
export function mixedKey(first, second) {
  let key = (first << 16) | second;
  for (const [shift, factor] of [[16, 0x7feb352d], [15, 0x846ca68b]]) {
    key = Math.imul(key ^ (key >>> shift), factor);
  }
  return (key ^ (key >>> 16)) >>> 0;
}

/** Number of the shard, out of `size`, that holds the key. */
export function keyShard(key, size) {
  return Math.floor((key * size) / KEYS);
}

/**
 * @typedef {{docs: Int32Array, counts: Int32Array, zones: Uint8Array, bases: Int32Array, linkStarts: Int32Array,
 *   links: Int32Array}} Postings one row a document, ascending; row r has the links from linkStarts[r] on
 */
const NONE = {
  docs: new Int32Array(0),
  counts: new Int32Array(0),
  zones: new Uint8Array(0),
  bases: new Int32Array(0),
  linkStarts: new Int32Array(1),
  links: new Int32Array(0),
};

/**
 * The postings of a key in its shard; empty where the key is not there.
 * @param {Uint8Array} bytes @param {number} wanted scrambled key
 * @param {number} size number of shards @param {number} documents number of documents
 * @returns {Postings}
 */
export function findPostings(bytes, wanted, size, documents) {
  const reader = new BitReader(bytes);
  const parameter = reader.bits(PARAMETER_BITS);
  const entries = reader.gamma() - 1;
  let key = Math.ceil((keyShard(wanted, size) * KEYS) / size);
  for (let entry = 0; entry < entries; entry++) {
    key += reader.rice(parameter);
    if (key > wanted) break;
    const postings = readPostings(reader, documents, key === wanted);
    if (key === wanted) return postings;
  }
  return NONE;
}

/** Reads an entry; keeps what it reads only where it is wanted. */
function readPostings(reader, documents, wanted) {
  const spread = reader.gamma();
  const linked = spread > FEW && reader.bits(1) === 1;
  const parameter = riceParameter(documents, spread);
  const kept = wanted ? emptyPostings(spread) : null;
  const links = [];
  let doc = -1;
  for (let row = 0; row < spread; row++) {
    doc += reader.rice(parameter) + 1;
    let zone = BODY;
    let count = 1;
    if (reader.bits(1)) {
      zone = reader.bits(1) ? (reader.bits(1) ? TITLE : LEAD) : BODY;
      count = reader.gamma();
    }
    let base = 0;
    if (linked) {
      const size = count === 1 ? reader.bits(1) : count + 1 - reader.gamma();
      base = reader.gamma() - 1;
      let link = -1;
      for (let at = 0; at < size; at++) {
        link += reader.gamma();
        if (kept) links.push(link);
      }
    }
    if (kept) {
      kept.docs[row] = doc;
      kept.counts[row] = count;
      kept.zones[row] = zone;
      kept.bases[row] = base;
      kept.linkStarts[row + 1] = links.length;
    }
  }
  return kept && { ...kept, links: Int32Array.from(links) };
}

function emptyPostings(size) {
  return {
    docs: new Int32Array(size),
    counts: new Int32Array(size),
    zones: new Uint8Array(size),
    bases: new Int32Array(size),
    linkStarts: new Int32Array(size + 1),
  };
}

/** The documents in all of the postings. @param {Postings[]} all */
export function commonDocs(all) {
  const lists = all.map(({ docs }) => docs).sort((a, b) => a.length - b.length);
  return lists.reduce(common);
}

/**
 * Where the documents in all of the postings stand in each of them.
 * @param {Postings[]} all
 * @returns {Int32Array[]} rows by posting list, in document order
 */
export function intersection(all) {
  const docs = commonDocs(all);
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
 */
export function chainCount(pairs, rows) {
  // Occurrences of the first pair, each followed as far as the chain holds.
  let current = Array.from({ length: pairs[0].counts[rows[0]] }, (_, at) => at);
  for (let at = 1; at < pairs.length && current.length; at++) {
    const { linkStarts, links } = pairs[at - 1];
    const start = linkStarts[rows[at - 1]];
    const size = linkStarts[rows[at - 1] + 1] - start;
    const base = pairs[at].bases[rows[at]];
    const count = pairs[at].counts[rows[at]];
    const next = [];
    for (const occurrence of current) {
      if (occurrence >= size) continue;
      const following = links[start + occurrence] - base;
      if (following >= 0 && following < count) next.push(following);
    }
    current = next;
  }
  return current.length;
}
