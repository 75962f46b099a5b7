// What the search page shows. Source texts are put in as text only, never as markup.

import { FACETS, SORTS } from "./state.js";
import { marked, snippetsOf } from "./snippet.js";
import { dateInWords, FACET_NAMES, SORT_NAMES, WORDS } from "./words.js";

/** Values of a facet in view before "show all". */
const VALUES_IN_VIEW = 7;
/** Tags shown with a result. */
const TAGS_SHOWN = 4;

/** An element with properties, attributes (those with a dash, `role`, `for`) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, String(value));
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A text with its hits in <mark>. */
function withMarks({ text, ranges }) {
  const parts = [];
  let at = 0;
  for (const { start, end } of ranges) {
    parts.push(text.slice(at, start), make("mark", { textContent: text.slice(start, end) }));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}

/** Builds the page once; the parts that change are its properties. */
export class View {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.input = make("input", {
      type: "text",
      inputMode: "search",
      id: "pn-q",
      name: "q",
      className: "pn-input",
      placeholder: WORDS.placeholder,
      autocomplete: "off",
      spellcheck: false,
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": "pn-suggestions",
      "aria-keyshortcuts": "/",
      "data-search-main": "",
      enterKeyHint: "search",
    });
    this.suggestions = make("ul", {
      id: "pn-suggestions",
      className: "pn-suggestions",
      role: "listbox",
      hidden: true,
      "aria-label": WORDS.suggestions,
    });
    this.form = make(
      "form",
      { className: "pn-form", role: "search", action: "", method: "get" },
      make("label", { for: "pn-q", className: "pn-hidden", textContent: WORDS.query }),
      make("div", { className: "pn-field" }, this.input, make("kbd", { textContent: "/", "aria-hidden": "true" })),
      make("button", { type: "submit", className: "pn-button pn-primary", textContent: WORDS.submit }),
      this.suggestions,
    );
    this.status = make("p", {
      className: "pn-status",
      role: "status",
      "aria-live": "polite",
      tabIndex: -1,
      textContent: WORDS.loading,
    });
    this.sort = make(
      "select",
      { id: "pn-sort", className: "pn-select" },
      ...SORTS.map((sort) => make("option", { value: sort, textContent: SORT_NAMES[sort] })),
    );
    this.csv = make("button", { type: "button", className: "pn-button", textContent: WORDS.csv });
    this.chosen = make("ul", { className: "pn-chosen", "aria-label": WORDS.chosen });
    this.from = make("input", { type: "date", id: "pn-from", className: "pn-date" });
    this.to = make("input", { type: "date", id: "pn-to", className: "pn-date" });
    this.facets = make("div", { className: "pn-facets" });
    this.openFilters = make("button", {
      type: "button",
      className: "pn-button pn-open-filters",
      "aria-expanded": "false",
      "aria-controls": "pn-filters",
      textContent: WORDS.filters,
    });
    this.filters = make(
      "div",
      { id: "pn-filters", className: "pn-filters", role: "group", "aria-label": WORDS.filters },
      make("a", { href: "#pn-results", className: "pn-skip", textContent: WORDS.skip }),
      this.facets,
      make(
        "fieldset",
        { className: "pn-facet" },
        make("legend", { textContent: WORDS.dates }),
        make("div", { className: "pn-range" }, make("label", { for: "pn-from", textContent: WORDS.from }), this.from),
        make("div", { className: "pn-range" }, make("label", { for: "pn-to", textContent: WORDS.to }), this.to),
      ),
    );
    this.list = make("ol", { className: "pn-results", role: "list", "aria-label": WORDS.results });
    this.advice = make("div", { className: "pn-advice", hidden: true });
    this.more = make("button", { type: "button", className: "pn-button pn-more", hidden: true, "data-more": "" });
    this.results = make("div", { id: "pn-results", tabIndex: -1 }, this.advice, this.list, this.more);
    root.replaceChildren(
      this.form,
      helpBox(),
      make(
        "div",
        { className: "pn-bar" },
        this.status,
        make("label", { for: "pn-sort", className: "pn-hidden", textContent: WORDS.sort }),
        this.openFilters,
        this.sort,
        this.csv,
      ),
      this.chosen,
      make("div", { className: "pn-columns" }, this.filters, this.results),
    );
    this.unfolded = new Set();
  }

  /** The state in the controls. */
  showState(state) {
    // A blank at the end is the beginning of the next word.
    if (this.input.value.trim() !== state.q) this.input.value = state.q;
    this.sort.value = state.sort;
    if (this.from.value !== state.from) this.from.value = state.from;
    if (this.to.value !== state.to) this.to.value = state.to;
  }

  /** Counts, facets and chosen conditions; the focus stays on the control that it was on. */
  showResults(results, state) {
    const total = results.docs.length;
    const narrowed = results.terms.length || countChosen(state);
    this.status.textContent = narrowed ? (total ? WORDS.total(total) : WORDS.none) : WORDS.all(total, state.sort);
    if (results.terms.some((term) => !term.excluded && [...term.folded].length === 1)) {
      this.status.append(" ", make("small", { textContent: WORDS.oneCharacter }));
    }
    this.root.dataset.total = String(total);
    const focused = document.activeElement;
    const key = focused?.dataset.facet && this.root.contains(focused) ? { ...focused.dataset } : null;
    const wasOnChip = this.chosen.contains(focused);
    this.facets.replaceChildren(...FACETS.map((facet) => this.#facet(facet, results, state)).filter(Boolean));
    this.#showChosen(results, state);
    this.csv.disabled = total === 0;
    this.openFilters.textContent = WORDS.filtersChosen(countChosen(state));
    if (key) {
      const same = `[data-facet="${key.facet}"][data-value="${CSS.escape(key.value)}"]`;
      (this.facets.querySelector(same) ?? this.status).focus({ preventScroll: true });
    } else if (wasOnChip) {
      this.status.focus({ preventScroll: true });
    }
  }

  #facet(facet, { facets }, state) {
    const values = facets[facet];
    if (!values.length) return null;
    const chosen = new Set(state.filters[facet]);
    const all = values.length <= VALUES_IN_VIEW + 1 || this.unfolded.has(facet);
    const items = values.map(({ value, label, count }, at) =>
      make(
        "li",
        { hidden: !all && at >= VALUES_IN_VIEW && !chosen.has(value) },
        make(
          "button",
          {
            type: "button",
            className: "pn-value",
            "data-facet": facet,
            "data-value": value,
            "data-count": count,
            "aria-pressed": chosen.has(value),
          },
          make("span", { className: "pn-label", textContent: label }),
          make("span", { className: "pn-count", textContent: WORDS.count(count) }),
          make("span", { className: "pn-hidden", textContent: WORDS.articles }),
        ),
      ),
    );
    const unfold =
      values.length > VALUES_IN_VIEW + 1
        ? make("button", {
            type: "button",
            className: "pn-unfold",
            "data-unfold": facet,
            "aria-expanded": all,
            textContent: all ? WORDS.fewValues : WORDS.allValues(values.length),
          })
        : null;
    return make(
      "fieldset",
      { className: "pn-facet" },
      make("legend", { textContent: FACET_NAMES[facet] }),
      make("ul", { className: all && values.length > VALUES_IN_VIEW + 1 ? "pn-values pn-scroll" : "pn-values" }, ...items),
      unfold,
    );
  }

  #showChosen({ table }, state) {
    const chips = FACETS.flatMap((facet) =>
      state.filters[facet].map((value) => {
        const { labels, numbers } = table.facets[facet];
        const label = labels[numbers.get(value)] ?? value;
        return chip(`${FACET_NAMES[facet]}：${label}`, { "data-drop-facet": facet, "data-drop-value": value });
      }),
    );
    if (state.from || state.to) chips.push(chip(WORDS.datesFrom(state.from, state.to), { "data-drop-dates": "" }));
    if (chips.length > 1) {
      chips.push(
        make("li", {}, make("button", { type: "button", className: "pn-chip", "data-drop-all": "", textContent: WORDS.dropAll })),
      );
    }
    this.chosen.replaceChildren(...chips);
    this.chosen.hidden = !chips.length;
  }

  /** Some of the results, before it is known how many there are. */
  showFirst(records, docs, results) {
    this.hideWaysOut();
    this.showRecords(records, docs, results, 0);
    this.more.hidden = true;
    this.status.textContent = WORDS.atLeast(results.docs.length);
  }

  /** Results shown from place `from` on; those before stay. */
  showRecords(records, docs, results, from) {
    const wanted = results.terms.filter((term) => !term.excluded);
    const folded = wanted.map((term) => term.folded);
    const items = records.map((record, at) => resultItem(record, docs[at], results.table, wanted, folded));
    if (from === 0) this.list.replaceChildren(...items);
    else this.list.append(...items);
    this.list.hidden = !this.list.childElementCount;
    const left = results.docs.length - from - records.length;
    this.more.hidden = left <= 0;
    this.more.textContent = WORDS.more(left);
    return items;
  }

  hideWaysOut() {
    this.advice.hidden = true;
  }

  /** What to do where nothing was found. */
  showWaysOut(ways) {
    this.advice.hidden = false;
    const buttons = ways.map((way) =>
      make(
        "li",
        {},
        make("button", {
          type: "button",
          className: "pn-button",
          textContent: way.term
            ? WORDS.wayOutTerm(way.term.text, way.count)
            : way.dates
              ? WORDS.wayOutDates(way.count)
              : WORDS.wayOutFilter(FACET_NAMES[way.facet], way.label, way.count),
          onclick: way.take,
        }),
      ),
    );
    this.advice.replaceChildren(
      make("p", { textContent: ways.length ? WORDS.waysOut : WORDS.noneAlone }),
      make("ul", {}, ...buttons),
    );
  }

  showFailure(retry) {
    this.status.replaceChildren(
      WORDS.failed,
      make("button", { type: "button", className: "pn-button", textContent: WORDS.retry, onclick: retry }),
    );
  }
}

function helpBox() {
  const lines = WORDS.helpLines.flatMap(([example, meaning]) => [
    make("dt", { textContent: example }),
    make("dd", { textContent: meaning }),
  ]);
  return make(
    "details",
    { className: "pn-help" },
    make("summary", { textContent: WORDS.help }),
    make("dl", {}, ...lines),
  );
}

function chip(label, data) {
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", className: "pn-chip", "aria-label": WORDS.drop(label), ...data },
      label,
      make("span", { textContent: " ×", "aria-hidden": "true" }),
    ),
  );
}

export function countChosen(state) {
  return FACETS.reduce((n, facet) => n + state.filters[facet].length, 0) + (state.from || state.to ? 1 : 0);
}

/** Address of an article that marks the terms there. */
export function articleUrl(id, terms) {
  const url = new URL(`../../articles/${id}/`, new URL(".", import.meta.url));
  for (const term of terms) url.searchParams.append("hl", term.text);
  return url.href;
}

function resultItem(record, doc, table, terms, folded) {
  const title = record.title || WORDS.untitled;
  const tags = ["park", "industry", "topic"].flatMap((facet) => table.labelsOf(facet, doc)).slice(0, TAGS_SHOWN);
  const snippets = snippetsOf(record, folded).map(({ text, ranges, cutBefore, cutAfter, note }) =>
    make(
      "p",
      { className: "pn-snippet" },
      note ? make("span", { className: "pn-note", textContent: note }) : null,
      cutBefore ? "…" : "",
      ...withMarks({ text, ranges }),
      cutAfter ? "…" : "",
    ),
  );
  return make(
    "li",
    { className: "pn-result", "data-article": record.id },
    record.kicker ? make("p", { className: "pn-kicker" }, ...withMarks(marked(record.kicker, folded))) : null,
    make(
      "h2",
      { className: "pn-title" },
      make("a", { href: articleUrl(record.id, terms) }, ...withMarks(marked(title, folded))),
    ),
    make(
      "p",
      { className: "pn-meta" },
      ...[dateInWords(record.date), record.paper, ...tags]
        .filter(Boolean)
        .map((text, at) => make("span", { className: at > 1 || (at === 1 && !record.paper) ? "pn-tag" : "", textContent: text })),
    ),
    ...snippets,
  );
}
