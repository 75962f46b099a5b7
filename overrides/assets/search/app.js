// The search page: the address is the state, every change of it a search.

import { Files } from "./files.js";
import { withoutTerm } from "./query.js";
import { search, waysOut } from "./search.js";
import { ShardedEngine } from "./sharded.js";
import { SmallEngine } from "./small.js";
import { readState, toggled, writeState } from "./state.js";
import { View } from "./view.js";
import { WORDS } from "./words.js";

/** Milliseconds without a key before a search begins. */
const TYPING_PAUSE = 15;
/** Results added at a time. */
const PAGE = 10;
const SEARCH_FOLDER = new URL("../../search/", import.meta.url);

class App {
  #run = 0;
  #timer = 0;
  #typing = false;
  #adding = false;
  /** Loaded when first wanted. */
  #suggestions = null;
  #authors = null;
  #settled = Promise.resolve();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.files = new Files(SEARCH_FOLDER, root.dataset.version);
    this.#openEngine();
    this.view = new View(root);
    this.state = readState(location.search);
    this.siteTitle = document.title;
    this.#listen();
    this.#searchAgain(history.state);
    if (!this.state.q) this.view.input.focus({ preventScroll: true });
  }

  #openEngine() {
    const table = document.querySelector("[data-search-table]")?.textContent;
    this.engine = table ? new ShardedEngine(this.files, table) : new SmallEngine(this.files);
  }

  #listen() {
    const { view } = this;
    view.input.addEventListener("input", (event) => event.isComposing || this.#onTyped());
    view.input.addEventListener("compositionend", () => this.#onTyped());
    view.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      this.#suggestions?.then((suggestions) => suggestions.close());
      if (view.input.value !== this.state.q) this.#goTyped();
      this.#typing = false;
    });
    view.input.addEventListener("change", () => (this.#typing = false));
    view.sort.addEventListener("change", () => this.#go({ ...this.state, sort: view.sort.value }));
    for (const input of [view.from, view.to]) {
      input.addEventListener("change", () => this.#go({ ...this.state, from: view.from.value, to: view.to.value }));
    }
    view.facets.addEventListener("click", (event) => this.#onFacet(event.target.closest("button")));
    view.chosen.addEventListener("click", (event) => this.#onChip(event.target.closest("button")));
    view.openFilters.addEventListener("click", () => {
      const open = this.root.classList.toggle("pn-filters-open");
      view.openFilters.setAttribute("aria-expanded", String(open));
    });
    view.more.addEventListener("click", () => this.#add(PAGE, true));
    view.csv.addEventListener("click", () => this.#downloadCsv());
    addEventListener("popstate", (event) => {
      this.state = readState(location.search);
      this.#typing = false;
      this.#searchAgain(event.state);
    });
    addEventListener("pagehide", () => this.#keepPlace());
    // The first results are few, to be quick; their page is filled as soon as the reader stirs.
    for (const type of ["pointermove", "touchstart", "wheel", "keydown"]) {
      addEventListener(
        type,
        ({ target }) => target !== view.input && this.shown < PAGE && this.#add(PAGE - this.shown, false),
        { passive: true },
      );
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      view.input.focus();
      view.input.select();
    });
  }

  #onTyped() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#goTyped();
      this.#offer();
    }, TYPING_PAUSE);
  }

  /** One step of the history a typed query, however many keys it took. */
  #goTyped() {
    this.#go({ ...this.state, q: this.view.input.value.trim() }, this.#typing);
    this.#typing = true;
  }

  async #offer() {
    this.#suggestions ??= import("./suggest.js").then(
      ({ Suggestions }) => new Suggestions(this.view, (suggestion) => this.#takeSuggestion(suggestion)),
    );
    const suggestions = await this.#suggestions;
    suggestions.offer(await this.engine.table, this.#authors ?? []);
    if (this.#authors) return;
    // The names wait until the results are there, which matter more.
    await this.#settled;
    this.#authors = await this.files.json("names.bin").catch(() => []);
    if (!suggestions.choosing) suggestions.offer(await this.engine.table, this.#authors);
  }

  #takeSuggestion({ kind, value, rest }) {
    this.#typing = false;
    if (kind === "author") {
      this.#go({ ...this.state, q: `${rest} ${value}`.trim() });
    } else {
      const state = { ...this.state, q: rest };
      this.#go(state.filters[kind].includes(value) ? state : toggled(state, kind, value));
    }
  }

  #onFacet(button) {
    if (!button) return;
    const { unfold, facet, value } = button.dataset;
    if (unfold) {
      const { unfolded } = this.view;
      if (!unfolded.delete(unfold)) unfolded.add(unfold);
      this.view.showResults(this.results, this.state);
      this.view.facets.querySelector(`[data-unfold="${unfold}"]`)?.focus();
    } else {
      this.#go(toggled(this.state, facet, value));
    }
  }

  #onChip(button) {
    if (!button) return;
    const { dropFacet, dropValue, dropDates, dropAll } = button.dataset;
    if (dropFacet) this.#go(toggled(this.state, dropFacet, dropValue));
    if (dropDates !== undefined) this.#go({ ...this.state, from: "", to: "" });
    if (dropAll !== undefined) this.#go({ ...readState(""), q: this.state.q, sort: this.state.sort });
  }

  /** Moves to a state: a new step of the history, or in place of the present one. */
  #go(state, inPlace = false) {
    const address = location.pathname + writeState(state);
    if (writeState(state) === writeState(this.state)) {
      this.view.showState(state);
      return;
    }
    if (!inPlace) this.#keepPlace();
    this.state = state;
    if (inPlace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.#settled = this.#search(0);
  }

  /** How many results there are and where the reader stands among them, for whoever comes back. */
  #keepPlace() {
    history.replaceState({ shown: this.shown ?? 0, top: scrollY }, "");
  }

  /** What stood here when the reader left, at the place where it was left: browsers scroll before the results are there. */
  async #searchAgain(left) {
    await this.#search(left?.shown ?? 0);
    if (left?.top && this.root.dataset.search === "done") scrollTo({ top: left.top, behavior: "instant" });
  }

  /** Searches for the state; a later search makes this one moot. @param {number} shown results to show at least */
  async #search(shown) {
    const run = ++this.#run;
    const { root, view, state } = this;
    const { requests } = this.files;
    root.dataset.search = "busy";
    view.showState(state);
    document.title = state.q ? WORDS.pageTitle(state.q) : this.siteTitle;
    try {
      // Whoever has first results before them is told the total as soon as it is known.
      let further = true;
      const results = await search(this.engine, state, requests, (some, room) => {
        further = false;
        this.#showFirst(run, some, room);
      });
      if (run !== this.#run) return;
      const size = Math.max(shown, this.engine.affordable(results.docs.subarray(0, PAGE), requests, further));
      const docs = results.docs.subarray(0, size);
      const records = await this.engine.records(docs);
      if (run !== this.#run) return;
      this.results = results;
      this.shown = records.length;
      view.showResults(results, state);
      view.showRecords(records, docs, results, 0);
      view.hideWaysOut();
      root.dataset.search = "done";
      if (!results.docs.length) await this.#offerWaysOut(run, results, state);
    } catch (error) {
      if (run !== this.#run) return;
      root.dataset.search = "failed";
      this.#fail(error, () => {
        this.#openEngine();
        this.#search(shown);
      });
    }
  }

  /** Shows the first of the results while others are still being looked for; the totals wait until all are there. */
  async #showFirst(run, results, room) {
    const docs = results.docs.subarray(0, Math.min(PAGE, room));
    const records = await this.engine.records(docs).catch(() => []);
    if (run !== this.#run || this.root.dataset.search !== "busy" || !records.length) return;
    this.view.showFirst(records, docs, results);
  }

  /** What to drop where nothing was found; it may take further requests, so it comes behind the answer. */
  async #offerWaysOut(run, results, state) {
    let ways;
    try {
      ways = await waysOut(this.engine, results, state);
    } catch (error) {
      // The answer stands without them.
      console.warn(error);
      return;
    }
    if (run !== this.#run) return;
    this.view.showWaysOut(ways.map((way) => ({ ...way, take: () => this.#takeWayOut(way) })));
  }

  #fail(error, retry) {
    this.view.showFailure(retry);
    console.error(error);
  }

  #takeWayOut({ term, facet, value }) {
    if (term) this.#go({ ...this.state, q: withoutTerm(this.state.q, term) });
    else if (facet) this.#go(toggled(this.state, facet, value));
    else this.#go({ ...this.state, from: "", to: "" });
    this.view.input.focus();
  }

  /** Shows more results, unless some are on their way. */
  async #add(size, moveFocus) {
    // Until a search is through, what it will show is not known.
    if (this.root.dataset.search !== "done" || this.#adding || this.shown >= this.results.docs.length) return;
    this.#adding = true;
    const { results, shown } = this;
    try {
      const docs = results.docs.subarray(shown, shown + size);
      const records = await this.engine.records(docs);
      if (results !== this.results) return;
      const items = this.view.showRecords(records, docs, results, shown);
      this.shown = shown + records.length;
      history.replaceState({ shown: this.shown }, "");
      if (moveFocus) items[0]?.querySelector("a")?.focus();
    } catch (error) {
      this.#fail(error, () => this.#add(size, moveFocus));
    } finally {
      this.#adding = false;
    }
  }

  async #downloadCsv() {
    const { results, view } = this;
    view.csv.disabled = true;
    view.csv.textContent = WORDS.csvBusy;
    try {
      const { csvText, download } = await import("./csv.js");
      download(csvText(await this.engine.cards(results.docs), results.docs, results.table), WORDS.csvName);
    } finally {
      view.csv.disabled = false;
      view.csv.textContent = WORDS.csv;
    }
  }
}

const root = document.querySelector("[data-search]");
if (root) new App(root);
