// What the address says: the query, the chosen facet values, the dates and the order.

export const FACETS = ["park", "industry", "topic", "province", "year", "paper"];
export const SORTS = ["relevance", "date", "oldest"];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @typedef {{q: string, filters: Record<string, string[]>, from: string, to: string, sort: string}} State
 */

/** @returns {State} */
export function readState(search) {
  const params = new URLSearchParams(search);
  const day = (name) => (isDay(params.get(name) ?? "") ? params.get(name) : "");
  return {
    q: params.get("q") ?? "",
    filters: Object.fromEntries(FACETS.map((facet) => [facet, [...new Set(params.getAll(facet))].filter(Boolean)])),
    from: day("from"),
    to: day("to"),
    sort: SORTS.includes(params.get("sort")) ? params.get("sort") : SORTS[0],
  };
}

/** Whether the calendar has it: the field for a date would stay empty at 2020-02-31 while the date still narrowed. */
function isDay(text) {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

/** The state as a query string, "" for the empty state; equal states give equal strings. */
export function writeState(state) {
  const params = new URLSearchParams();
  if (state.q) params.set("q", state.q);
  for (const facet of FACETS) for (const value of state.filters[facet]) params.append(facet, value);
  if (state.from) params.set("from", state.from);
  if (state.to) params.set("to", state.to);
  if (state.sort !== SORTS[0]) params.set("sort", state.sort);
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** The state with a facet value chosen, or given back if it was. */
export function toggled(state, facet, value) {
  const chosen = state.filters[facet];
  const next = chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value];
  return { ...state, filters: { ...state.filters, [facet]: next } };
}

/** True where anything but the query narrows the results. */
export function isFiltered(state) {
  return Boolean(state.from || state.to) || FACETS.some((facet) => state.filters[facet].length);
}
