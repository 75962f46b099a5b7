// The files of the index: fetched once, their content version in the address so that the HTTP cache may keep them.

const inflated = (stream) => new Response(stream.pipeThrough(new DecompressionStream("gzip"))).json();

/** What the page brings along: gzipped JSON in base64, parsed. @param {string} text */
export async function unpacked(text) {
  return inflated(new Blob([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))]).stream());
}

/** Fetches files of one version of the index. */
export class Files {
  #kept = new Map();
  /** How many were asked for. */
  requests = 0;

  /** @param {URL} folder @param {string} version */
  constructor(folder, version) {
    this.folder = folder;
    this.version = version;
  }

  /** A gzipped JSON file, parsed; remembered while the page lives. */
  json(name) {
    return this.#once(name, (response) => inflated(response.body));
  }

  /** A file as bytes; remembered while the page lives. */
  bytes(name) {
    return this.#once(name, async (response) => new Uint8Array(await response.arrayBuffer()));
  }

  /** True for a file that is here or on its way. */
  has(name) {
    return this.#kept.has(name);
  }

  #once(name, read) {
    let content = this.#kept.get(name);
    if (!content) {
      content = this.#fetch(name).then(read);
      this.#kept.set(name, content);
      content.catch(() => this.#kept.delete(name));
    }
    return content;
  }

  async #fetch(name) {
    this.requests++;
    const url = new URL(name, this.folder);
    url.searchParams.set("v", this.version);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
    return response;
  }
}
