// Reads what adaptive.py writes: numbers whose codes follow what came before.

/** As adaptive.py has them. */
const GAIN = 24;
const MOST = 2 ** 16;
const WIDEST = 32;
const LEAST_RANGE = 2 ** 24;
const PAIRED = 64;
const PLACES = 3;

/** The symbols of one name, with counts by context. */
class Model {
  #contexts = [];

  /** @param {number} size how many symbols there are */
  constructor(size) {
    this.size = size;
  }

  at(context) {
    return (this.#contexts[context] ??= { counts: new Uint32Array(this.size).fill(1), total: this.size });
  }
}

export class AdaptiveReader {
  #at = 0;
  #code = 0;
  #range = 2 ** 32 - 1;

  /** @param {string} text base64 */
  constructor(text) {
    this.bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    for (let byte = 0; byte < 4; byte++) this.#code = this.#code * 256 + this.#next();
  }

  /** A symbol, given what its context leads to expect. @param {Model} model */
  symbol(model, context) {
    const expected = model.at(context);
    const { counts, total } = expected;
    const part = Math.floor(this.#range / total);
    const place = Math.min(Math.floor(this.#code / part), total - 1);
    let symbol = 0;
    let below = 0;
    while (below + counts[symbol] <= place) below += counts[symbol++];
    this.#narrow(part, below, counts[symbol]);
    counts[symbol] += GAIN;
    expected.total += GAIN;
    if (expected.total >= MOST) expected.total = halve(counts);
    return symbol;
  }

  /** A number of that many binary digits, all but the first, which is 1. */
  digits(width) {
    if (!width) return 0;
    let value = 2 ** (width - 1);
    for (let shift = 0; shift < width - 1; shift += 8) {
      const size = 2 ** Math.min(8, width - 1 - shift);
      const part = Math.floor(this.#range / size);
      const place = Math.min(Math.floor(this.#code / part), size - 1);
      this.#narrow(part, place, 1);
      value += place * 2 ** shift;
    }
    return value;
  }

  #narrow(part, below, count) {
    this.#code -= part * below;
    this.#range = part * count;
    while (this.#range < LEAST_RANGE) {
      this.#code = this.#code * 256 + this.#next();
      this.#range *= 256;
    }
  }

  #next() {
    return this.bytes[this.#at++] ?? 0;
  }
}

function halve(counts) {
  let total = 0;
  for (let symbol = 0; symbol < counts.length; symbol++) {
    counts[symbol] = (counts[symbol] + 1) >>> 1;
    total += counts[symbol];
  }
  return total;
}

/** Rows of numbers below `size`. @returns {number[][]} */
export function readRows(text, count, size) {
  const reader = new AdaptiveReader(text);
  const more = new Model(2);
  const values = new Model(size);
  return Array.from({ length: count }, () => {
    const row = [];
    let context = 0;
    while (reader.symbol(more, Math.min(row.length, PLACES))) {
      const value = reader.symbol(values, context);
      row.push(value);
      context = size <= PAIRED ? 1 + value : Math.min(row.length, PLACES);
    }
    return row;
  });
}

/** Numbers, each told in the context of the length of the one before. @returns {number[]} */
export function readNumbers(text, count) {
  const reader = new AdaptiveReader(text);
  const widths = new Model(WIDEST);
  let width = 0;
  return Array.from({ length: count }, () => {
    width = reader.symbol(widths, width);
    return reader.digits(width);
  });
}
