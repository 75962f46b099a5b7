// The table of all documents: day, length and facet values of each, as documents.py writes it.

import { readNumbers, readRows } from "./adaptive.js";

const LENGTH_STEPS = 4;
const LONG = 42;
/** Short texts that share a file; long ones have one of their own. */
export const TEXTS_PER_FILE = 2;
const MS_A_DAY = 86_400_000;

/** Facets whose values the table counts, and their column in it; the year follows from the day. */
export class Table {
  constructor(data) {
    this.count = data.count;
    /** First and last day since 1970-01-01 of each document; NaN when undated. */
    this.firstDay = new Float64Array(data.count);
    this.lastDay = new Float64Array(data.count);
    /** Length of each document's text in steps; it grows with the number. */
    this.lengths = new Uint8Array(data.count);
    /** Place of each document from the oldest to the newest, the undated before all, and the documents by place. */
    this.ages = new Int32Array(data.count);
    this.byAge = new Int32Array(data.count);
    this.facets = {};
    const years = this.#readDays(data);
    for (const [name, facet] of Object.entries(data.facets)) {
      this.facets[name] = facetOf(facet.values, facet.labels, readRows(facet.column, data.count, facet.values.length));
    }
    this.facets.year = years;
    this.files = this.#files();
  }

  #readDays({ windows, lengths, days }) {
    const values = [];
    const numbers = new Map();
    const years = windows.map(([day]) => {
      const year = day === null ? "" : String(new Date(day * MS_A_DAY).getUTCFullYear()).padStart(4, "0");
      if (year && !numbers.has(year)) numbers.set(year, values.push(year) - 1);
      return year ? [numbers.get(year)] : [];
    });
    const windowOf = new Int32Array(this.count);
    const gains = readNumbers(days, this.count);
    let doc = 0;
    for (const [length, size] of lengths) {
      for (let window = 0, end = doc + size; doc < end; doc++) {
        window += gains[doc];
        const [day, span] = windows[window];
        windowOf[doc] = window;
        this.lengths[doc] = length;
        this.firstDay[doc] = day ?? NaN;
        this.lastDay[doc] = day === null ? NaN : day + span;
      }
    }
    this.#readAges(windowOf, windows.length);
    const rows = Array.from(windowOf, (window) => years[window]);
    return facetOf(values, values, rows);
  }

  /** The file with each document's text, and the first document of each file, behind them the number of documents. */
  #files() {
    const first = [];
    const files = new Int32Array(this.count);
    for (let doc = 0; doc < this.count; doc++) {
      const full = doc - first.at(-1) === TEXTS_PER_FILE;
      if (!doc || full || this.lengths[doc] >= LONG) first.push(doc);
      files[doc] = first.length - 1;
    }
    return { of: files, first: Int32Array.from([...first, this.count]) };
  }

  #readAges(windowOf, count) {
    const starts = new Int32Array(count + 1);
    for (const window of windowOf) starts[window + 1]++;
    for (let window = 0; window < count; window++) starts[window + 1] += starts[window];
    windowOf.forEach((window, doc) => {
      this.ages[doc] = starts[window]++;
      this.byAge[this.ages[doc]] = doc;
    });
  }

  /** The documents from the newest to the oldest, undated ones last. */
  newestFirst(docs) {
    return Int32Array.from(docs, (doc) => this.ages[doc])
      .sort()
      .reverse()
      .map((age) => this.byAge[age]);
  }

  /** Characters of a document's text, to the nearest step. */
  lengthOf(doc) {
    return 2 ** (this.lengths[doc] / LENGTH_STEPS);
  }

  /** Length of each document in half octaves above `shortest`, of which there are `count`. */
  sizes(shortest, count) {
    return this.lengths.map((length) => Math.min(Math.max((length >> 1) - shortest, 0), count - 1));
  }

  /** Labels of a document's values in a facet. */
  labelsOf(facet, doc) {
    const { labels, starts, cells } = this.facets[facet];
    return Array.from(cells.subarray(starts[doc], starts[doc + 1]), (value) => labels[value]);
  }

  /** Documents marked 1 that carry all the values. */
  keep(marks, facet, values) {
    const { numbers, starts, cells } = this.facets[facet];
    for (const value of values) {
      const number = numbers.get(value) ?? -1;
      for (let doc = 0; doc < this.count; doc++) {
        if (marks[doc] && !cells.subarray(starts[doc], starts[doc + 1]).includes(number)) marks[doc] = 0;
      }
    }
  }

  /** Documents marked 1 whose window of days touches the range (ISO days, either may be ""). */
  keepDays(marks, from, to) {
    if (!from && !to) return;
    const low = from ? Date.parse(from) / MS_A_DAY : -Infinity;
    const high = to ? Date.parse(to) / MS_A_DAY : Infinity;
    for (let doc = 0; doc < this.count; doc++) {
      // An undated document compares false: it is in no range.
      if (!(this.lastDay[doc] >= low && this.firstDay[doc] <= high)) marks[doc] = 0;
    }
  }

  /** Values of a facet among the documents, with label and count, most frequent first; years newest first. */
  counts(facet, docs) {
    const { values, labels, starts, cells } = this.facets[facet];
    const count = new Int32Array(values.length);
    for (const doc of docs) for (let at = starts[doc]; at < starts[doc + 1]; at++) count[cells[at]]++;
    const found = [];
    count.forEach((n, at) => n && found.push({ value: values[at], label: labels[at], count: n }));
    return facet === "year"
      ? found.sort((a, b) => (a.value < b.value ? 1 : -1))
      : found.sort((a, b) => b.count - a.count);
  }
}

function facetOf(values, labels, rows) {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, doc) => (starts[doc + 1] = starts[doc] + row.length));
  const cells = new Int32Array(starts[rows.length]);
  rows.forEach((row, doc) => cells.set(row, starts[doc]));
  return { values, labels, starts, cells, numbers: new Map(values.map((value, at) => [value, at])) };
}
