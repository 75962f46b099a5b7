// The words of the search page, which search.html puts into it from the glossary.

const told = JSON.parse(document.getElementById("pn-words").textContent);
const grouped = new Intl.NumberFormat("zh-CN");

/** A phrase with its blanks filled in; numbers in groups of three. */
function say(phrase, blanks) {
  return phrase.replace(/\{(\w+)\}/g, (_, name) =>
    typeof blanks[name] === "number" ? grouped.format(blanks[name]) : blanks[name],
  );
}

export const FACET_NAMES = {
  park: told.park,
  industry: told.industry,
  topic: told.topic,
  province: told.province,
  year: told.year,
  paper: told.newspaper,
};
export const SORT_NAMES = { relevance: told.by_relevance, date: told.by_date, oldest: told.by_age };

export const WORDS = {
  query: told.query,
  placeholder: told.placeholder,
  submit: told.search,
  help: told.help,
  helpLines: told.help_lines,
  suggestions: told.suggestions,
  filters: told.filters,
  filtersChosen: (n) => (n ? say(told.filters_chosen, { n }) : told.filters),
  chosen: told.chosen,
  drop: (label) => say(told.drop, { label }),
  dropAll: told.drop_all,
  skip: told.skip,
  results: told.results,
  sort: told.sort,
  dates: told.dates,
  from: told.from,
  to: told.to,
  datesFrom: (from, to) => say(told.dates_from, { from: from || told.earliest, to: to || told.latest }),
  csv: told.csv,
  csvBusy: told.csv_busy,
  csvName: told.csv_name,
  csvColumns: told.csv_columns,
  loading: told.loading,
  failed: told.failed,
  retry: told.retry,
  total: (n) => say(told.total, { n }),
  atLeast: (n) => say(told.at_least, { n }),
  all: (n, sort) => say(sort === "oldest" ? told.all_oldest_first : told.all, { n }),
  none: told.none,
  oneCharacter: told.one_character,
  noneAlone: told.none_alone,
  waysOut: told.ways_out,
  wayOutTerm: (text, n) => say(told.way_out_term, { text, n }),
  wayOutFilter: (facet, label, n) => say(told.way_out_filter, { facet, label, n }),
  wayOutDates: (n) => say(told.way_out_dates, { n }),
  more: (n) => say(told.more, { n }),
  allValues: (n) => say(told.all_values, { n }),
  fewValues: told.few_values,
  count: (n) => grouped.format(n),
  articles: told.articles,
  undated: told.undated,
  authorOf: (n) => say(told.author_of, { n }),
  untitled: told.untitled,
  pageTitle: (q) => say(told.page_title, { q }),
  inCaption: told.caption,
  inSignature: told.in_signature,
  inOtherForm: told.in_other_form,
};

const DAY = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;

/** 2020-08-31 as readers write it, or as much of it as there is. */
function plain(value) {
  const [, ...parts] = DAY.exec(value) ?? [];
  return parts.map((part, at) => (part ? Number(part) + told.date_units[at] : "")).join("");
}

/**
 * A date as far as it is known: 2020年8月31日, 约2020年8月, 2020年8月26日至9月10日之间. The pages of the generator say it
 * in the same words (phrases.py).
 */
export function dateInWords(value) {
  if (!value) return WORDS.undated;
  const [first, last] = value.split("/");
  if (last) return windowInWords(first, last);
  const [, y, month, day] = DAY.exec(first) ?? [];
  return day ? plain(first) : month ? say(told.month, { y, m: String(Number(month)) }) : say(told.only_year, { y });
}

function windowInWords(first, last) {
  if (first.endsWith("-01-01") && last.endsWith("-12-31")) [first, last] = [first.slice(0, 4), last.slice(0, 4)];
  if (first === last) return dateInWords(first);
  const [begin, end, year] = [plain(first), plain(last), plain(first.slice(0, 4))];
  const b = begin.startsWith(year) && end.startsWith(year) && end !== year ? end.slice(year.length) : end;
  return say(told.window, { a: begin, b });
}
