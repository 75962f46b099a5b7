// From a state to its results: which documents, in which order, with which facet counts.

import { foldText } from "./fold.js";
import { parseQuery } from "./query.js";
import { LEAD, TITLE } from "./records.js";
import { FACETS } from "./state.js";

/** What a term's best place in a document is worth: headline before tag before lead before body. */
const PLACE_SCORE = { title: 3, tag: 2, lead: 1, body: 0 };
const TAG_FACETS = ["park", "industry", "topic", "province"];

/**
 * @typedef {{terms: import("./query.js").Term[], docs: Int32Array, facets: Record<string, {value, label, count}[]>,
 *   table: import("./table.js").Table}} Results
 */

/**
 * @param {number} before requests that were made before this search
 * @param {(first: Results, room: number) => void} early told of some of the results while others are still being looked
 *   for, and how many of them may be fetched to be shown
 * @returns {Promise<Results>} documents in rank order
 */
export async function search(engine, state, before = 0, early = () => {}) {
  const terms = parseQuery(state.q);
  const table = await engine.table;
  const results = ({ docs, matches }) => ({
    terms,
    table,
    docs: ordered(docs, table, terms, matches, state),
    facets: Object.fromEntries(FACETS.map((facet) => [facet, table.counts(facet, docs)])),
  });
  return results(await found(engine, table, terms, state, before, (some, room) => early(results(some), room)));
}

/**
 * The documents that hold all terms and no excluded one and pass the filters, ascending, and where the terms stand in
 * them. What each step leaves is all that the next one looks into.
 */
async function found(engine, table, terms, state, before, early = () => {}) {
  const matches = new Map();
  let docs = filtered(table, state);
  const texts = (wanted) => [...new Set(terms.filter(wanted).map(({ folded }) => folded))];
  for (const char of texts(({ folded, excluded }) => folded.length === 1 && !excluded)) {
    matches.set(char, await matchChar(engine, table, char));
    docs = among(docs, matches.get(char), table, true);
  }
  const single = texts(({ folded, excluded }) => folded.length === 1 && excluded);
  const dropped = Promise.all(single.map((char) => matchChar(engine, table, char)));
  dropped.catch(() => {});
  const whole = async (held) => ({
    docs: (await dropped).reduce((left, drop) => among(left, drop, table, false), held.docs),
    matches: new Map([...matches, ...held.matches]),
  });
  const long = (out) => texts(({ folded, excluded }) => folded.length > 1 && excluded === out);
  return whole(
    await engine.match(long(false), long(true), docs, before, (some, room) =>
      whole(some).then((first) => early(first, room), () => {}),
    ),
  );
}

/** The documents that pass the filters. */
function filtered(table, { filters, from, to }) {
  const marks = new Uint8Array(table.count).fill(1);
  for (const facet of FACETS) table.keep(marks, facet, filters[facet]);
  table.keepDays(marks, from, to);
  return Int32Array.from(marks.keys()).filter((doc) => marks[doc]);
}

/** Those of the documents that are among the matches, or those that are not. */
function among(docs, { docs: held }, table, wanted) {
  const marks = new Uint8Array(table.count);
  for (const doc of held) marks[doc] = 1;
  return docs.filter((doc) => Boolean(marks[doc]) === wanted);
}

/** One character is looked for in titles and tags only: in bodies it would find nearly everything. */
async function matchChar(engine, table, folded) {
  const inTitle = await engine.matchTitle(folded);
  const tagged = docsTagged(table, folded);
  const place = new Map(Array.from(inTitle.docs, (doc, at) => [doc, at]));
  const docs = Int32Array.from(new Set([...inTitle.docs, ...tagged])).sort();
  return {
    docs,
    counts: docs.map((doc) => (place.has(doc) ? inTitle.counts[place.get(doc)] : 1)),
    zones: Uint8Array.from(docs, (doc) => (place.has(doc) ? TITLE : 0)),
  };
}

/** Documents with a tag whose name holds the term. */
function docsTagged(table, folded) {
  const found = new Set();
  for (const facet of TAG_FACETS) {
    const { labels, starts, cells } = table.facets[facet];
    const named = new Set();
    labels.forEach((label, at) => foldText(label).includes(folded) && named.add(at));
    if (!named.size) continue;
    for (let doc = 0; doc < table.count; doc++) {
      for (let at = starts[doc]; at < starts[doc + 1]; at++) if (named.has(cells[at])) found.add(doc);
    }
  }
  return found;
}

/** The documents in the order asked for. */
function ordered(docs, table, terms, matches, state) {
  const wanted = terms.filter((term) => !term.excluded);
  if (state.sort === "oldest") return datedFirst(docs, table);
  if (state.sort === "date" || !wanted.length) return table.newestFirst(docs);
  const place = new Int8Array(table.count);
  const density = new Float64Array(table.count);
  for (const { folded } of wanted) {
    const { docs: held, counts, zones } = matches.get(folded);
    const tagged = docsTagged(table, folded);
    held.forEach((doc, at) => {
      const score =
        zones[at] === TITLE ? PLACE_SCORE.title
        : tagged.has(doc) ? PLACE_SCORE.tag
        : zones[at] === LEAD ? PLACE_SCORE.lead
        : PLACE_SCORE.body;
      place[doc] += score;
      density[doc] += counts[at] / table.lengthOf(doc);
    });
  }
  return docs.sort((a, b) => place[b] - place[a] || density[b] - density[a] || table.ages[b] - table.ages[a]);
}

/** Oldest first, undated ones last. */
function datedFirst(docs, table) {
  const newest = table.newestFirst(docs);
  const dated = newest.findLastIndex((doc) => !Number.isNaN(table.firstDay[doc])) + 1;
  return Int32Array.from([...newest.subarray(0, dated).reverse(), ...newest.subarray(dated)]);
}

/**
 * What to give up where nothing was found: each term and filter without which something would be.
 * @returns {Promise<{term?: object, facet?: string, value?: string, label?: string, dates?: boolean, count: number}[]>}
 */
export async function waysOut(engine, { terms, table }, state) {
  const ways = [];
  const offer = async (way, keptTerms, keptState) => {
    const { docs } = await found(engine, table, keptTerms, keptState, engine.requests);
    if (docs.length) ways.push({ ...way, count: docs.length });
  };
  if (terms.length > 1) {
    for (const term of terms) await offer({ term }, terms.filter((other) => other !== term), state);
  }
  for (const facet of FACETS) {
    for (const value of state.filters[facet]) {
      const filters = { ...state.filters, [facet]: state.filters[facet].filter((v) => v !== value) };
      const { numbers, labels } = table.facets[facet];
      const label = labels[numbers.get(value)] ?? value;
      await offer({ facet, value, label }, terms, { ...state, filters });
    }
  }
  if (state.from || state.to) await offer({ dates: true }, terms, { ...state, from: "", to: "" });
  return ways.sort((a, b) => b.count - a.count);
}
