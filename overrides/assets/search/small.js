// The engine of a small archive: all texts in one file, and a substring test.

import { countIn, foldedZones, readRecord } from "./records.js";
import { Table } from "./table.js";

/** @typedef {{docs: Int32Array, counts: Int32Array, zones: Uint8Array}} Matches documents ascending */

export class SmallEngine {
  /** @param {import("./files.js").Files} files */
  constructor(files) {
    this.content = files.json("all.bin").then(({ table, records }) => {
      const read = records.map(readRecord);
      return { table: new Table(table), records: read, zones: read.map(foldedZones) };
    });
    this.table = this.content.then(({ table }) => table);
    this.table.catch(() => {});
  }

  /**
   * Which of the documents hold all wanted terms and no excluded one, of two characters or more each, and where the
   * wanted ones stand in them; matches may tell of others as well.
   * @param {string[]} wanted @param {string[]} excluded @param {Int32Array} docs ascending
   * @returns {Promise<{docs: Int32Array, matches: Map<string, Matches>}>}
   */
  async match(wanted, excluded, docs) {
    const { zones } = await this.content;
    const holds = (doc) => (term) => countIn(zones[doc], term).count > 0;
    const kept = docs.filter((doc) => wanted.every(holds(doc)) && !excluded.some(holds(doc)));
    return { docs: kept, matches: new Map(wanted.map((term) => [term, gathered(kept, (doc) => countIn(zones[doc], term))])) };
  }

  /** Requests made so far that count against a search. */
  get requests() {
    return 0;
  }

  /** All documents whose title holds the character. @returns {Promise<Matches>} */
  async matchTitle(char) {
    const { zones } = await this.content;
    return gathered(zones.keys(), (doc) => countIn(["", "", zones[doc][2]], char));
  }

  async records(docs) {
    const { records } = await this.content;
    return Array.from(docs, (doc) => records[doc]);
  }

  /** Rows of id, title, date and newspaper. */
  async cards(docs) {
    return (await this.records(docs)).map(({ id, title, date, paper }) => [id, title, date, paper]);
  }

  /**
   * How many of the documents can be shown at once, given how many requests had been made before the search, and
   * whether any may be fetched behind the first: all of them here.
   */
  affordable(docs) {
    return docs.length;
  }
}

/**
 * The matches among some documents.
 * @param {Iterable<number>} docs ascending @param {(doc: number) => {count: number, zone: number}} countOf
 * @returns {Matches}
 */
export function gathered(docs, countOf) {
  const found = { docs: [], counts: [], zones: [] };
  for (const doc of docs) {
    const { count, zone } = countOf(doc);
    if (!count) continue;
    found.docs.push(doc);
    found.counts.push(count);
    found.zones.push(zone);
  }
  return {
    docs: Int32Array.from(found.docs),
    counts: Int32Array.from(found.counts),
    zones: Uint8Array.from(found.zones),
  };
}
