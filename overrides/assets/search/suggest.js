// Suggestions while typing: parks, industries and topics become filters, authors become words of the query.

import { foldText } from "./fold.js";
import { make } from "./view.js";
import { FACET_NAMES, WORDS } from "./words.js";

/** How many of each kind, in this order. */
const SHARES = { park: 4, industry: 2, topic: 1, author: 2 };
const LAST_WORD = /\S+$/;

/** The combobox list under the search field. */
export class Suggestions {
  /**
   * @param {import("./view.js").View} view
   * @param {(suggestion: {kind: string, value: string, rest: string}) => void} take
   */
  constructor(view, take) {
    this.input = view.input;
    this.list = view.suggestions;
    this.take = take;
    this.offered = [];
    this.active = -1;
    this.list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      // Before the field loses the focus and the list closes.
      event.preventDefault();
      if (option) this.#choose([...this.list.children].indexOf(option));
    });
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.input.addEventListener("blur", () => this.close());
  }

  /** Offers what fits the last word of the query. */
  offer(table, authors) {
    const query = this.input.value;
    const word = LAST_WORD.exec(query)?.[0] ?? "";
    const folded = foldText(word);
    const rest = query.slice(0, query.length - word.length).trim();
    this.offered = folded && document.activeElement === this.input ? fitting(folded, table, authors) : [];
    this.offered.forEach((suggestion) => (suggestion.rest = rest));
    this.active = -1;
    this.list.replaceChildren(
      ...this.offered.map(({ label, note }, at) =>
        make(
          "li",
          { role: "option", id: `pn-suggestion-${at}`, "aria-selected": "false" },
          make("span", { textContent: label }),
          make("span", { className: "pn-note", textContent: note }),
        ),
      ),
    );
    this.#showOpen();
  }

  /** True while the reader stands on one of the suggestions. */
  get choosing() {
    return this.active >= 0;
  }

  close() {
    this.offered = [];
    this.active = -1;
    this.#showOpen();
  }

  #showOpen() {
    const open = this.offered.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (this.active < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `pn-suggestion-${this.active}`);
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.active)));
  }

  #onKey(event) {
    if (event.isComposing || !this.offered.length) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      const size = this.offered.length + 1;
      this.active = ((this.active + 1 + steps[event.key] + size) % size) - 1;
      this.#showOpen();
      event.preventDefault();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.#choose(this.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  #choose(at) {
    const suggestion = this.offered[at];
    this.close();
    this.take(suggestion);
  }
}

function fitting(folded, table, authors) {
  const offered = [];
  for (const kind of ["park", "industry", "topic"]) {
    const { values, labels } = table.facets[kind];
    const named = labels.map((label, at) => ({ at, place: foldText(label).indexOf(folded) })).filter((n) => n.place >= 0);
    // Values stand in order of frequency, and the sort is stable.
    named.sort((a, b) => Math.sign(a.place) - Math.sign(b.place));
    for (const { at } of named.slice(0, SHARES[kind])) {
      offered.push({ kind, value: values[at], label: labels[at], note: FACET_NAMES[kind] });
    }
  }
  const people = authors.filter(([name]) => foldText(name).startsWith(folded)).slice(0, SHARES.author);
  return offered.concat(
    people.map(([name, count]) => ({ kind: "author", value: name, label: name, note: WORDS.authorOf(count) })),
  );
}
