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
 *   table: import("./table.js").Table, matches: Map<string, import("./small.js").Matches>}} Results
 */

/** @returns {Promise<Results>} documents in rank order */
export async function search(engine, state) {
  const terms = parseQuery(state.q);
  const table = await engine.table;
  const matches = new Map();
  await Promise.all(
    [...new Set(terms.map((term) => term.folded))].map(async (folded) =>
      matches.set(folded, await matchTerm(engine, table, folded)),
    ),
  );
  const marks = selected(table, terms, matches, state);
  const docs = Int32Array.from(marks.keys()).filter((doc) => marks[doc]);
  return {
    terms,
    matches,
    table,
    docs: ordered(docs, table, terms, matches, state),
    facets: Object.fromEntries(FACETS.map((facet) => [facet, table.counts(facet, docs)])),
  };
}

/** One mark a document: 1 where it holds all terms and no excluded one, and passes the filters. */
function selected(table, terms, matches, state) {
  const marks = new Uint8Array(table.count).fill(1);
  for (const { folded, excluded } of terms) {
    const held = new Uint8Array(table.count);
    for (const doc of matches.get(folded).docs) held[doc] = 1;
    for (let doc = 0; doc < marks.length; doc++) marks[doc] &= excluded ? 1 - held[doc] : held[doc];
  }
  for (const facet of FACETS) table.keep(marks, facet, state.filters[facet]);
  table.keepDays(marks, state.from, state.to);
  return marks;
}

/** One character is looked for in titles and tags only: in bodies it would find nearly everything. */
async function matchTerm(engine, table, folded) {
  if (folded.length > 1) return engine.match(folded);
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
export async function waysOut(results, state) {
  const { terms, matches, table } = results;
  const count = (keptTerms, keptState) => selected(table, keptTerms, matches, keptState).reduce((a, b) => a + b, 0);
  const ways = [];
  if (terms.length > 1) {
    for (const term of terms) ways.push({ term, count: count(terms.filter((t) => t !== term), state) });
  }
  for (const facet of FACETS) {
    for (const value of state.filters[facet]) {
      const filters = { ...state.filters, [facet]: state.filters[facet].filter((v) => v !== value) };
      const { numbers, labels } = table.facets[facet];
      const label = labels[numbers.get(value)] ?? value;
      ways.push({ facet, value, label, count: count(terms, { ...state, filters }) });
    }
  }
  if (state.from || state.to) ways.push({ dates: true, count: count(terms, { ...state, from: "", to: "" }) });
  return ways.filter((way) => way.count).sort((a, b) => b.count - a.count);
}
