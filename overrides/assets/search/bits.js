// Reads the codes that bits.py writes, most significant bit first.

export class BitReader {
  #at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }

  /** The next 32 bits without moving on; zeros beyond the end. */
  #peek() {
    const { bytes } = this;
    const byte = this.#at >>> 3;
    const shift = this.#at & 7;
    const word = (bytes[byte] << 24) | (bytes[byte + 1] << 16) | (bytes[byte + 2] << 8) | bytes[byte + 3];
    return shift ? ((word << shift) | (bytes[byte + 4] >>> (8 - shift))) >>> 0 : word >>> 0;
  }

  /** A number of up to 31 bits. */
  bits(width) {
    if (!width) return 0;
    const value = this.#peek() >>> (32 - width);
    this.#at += width;
    return value;
  }

  /** How many zeros come before the next one; moves behind it. */
  #zeros() {
    let count = 0;
    for (;;) {
      if (this.#at >= this.bytes.length * 8) throw new Error("the index ends too early");
      const zeros = Math.clz32(this.#peek());
      count += zeros;
      this.#at += zeros;
      if (zeros < 32) break;
    }
    this.#at++;
    return count;
  }

  /** An Elias gamma code: a number ≥ 1. */
  gamma() {
    const more = this.#zeros();
    return 2 ** more + this.bits(more);
  }

  /** A symbol of a prefix code. @param {PrefixCode} code */
  symbol(code) {
    const found = code.lookup[this.#peek() >>> (32 - code.longest)];
    if (this.#at >= this.bytes.length * 8) throw new Error("the index ends too early");
    this.#at += found & 15;
    return found >>> 4;
  }

  /** The value that a step, two to an octave, and the digits that follow stand for. */
  value(step) {
    if (step < 2) return step;
    const high = step >>> 1;
    return (1 << high) | ((step & 1) << (high - 1)) | this.bits(high - 1);
  }
}

/** The step of a value, two to an octave; bits.py reckons the same. */
export function stepOf(value) {
  if (value < 2) return value;
  const high = 31 - Math.clz32(value);
  return 2 * high + ((value >>> (high - 1)) & 1);
}

/** A prefix code given by the lengths of its codes: shorter ones first, equally long ones in the order of symbols. */
export class PrefixCode {
  /** @param {number[]} lengths of the symbols' codes, 1 to 15 */
  constructor(lengths) {
    this.longest = Math.max(...lengths);
    /** By the next bits: symbol << 4 | length. */
    this.lookup = new Uint16Array(1 << this.longest);
    let at = 0;
    for (let length = 1; length <= this.longest; length++) {
      lengths.forEach((own, symbol) => {
        if (own !== length) return;
        const end = at + (1 << (this.longest - length));
        this.lookup.fill((symbol << 4) | length, at, end);
        at = end;
      });
    }
  }
}
