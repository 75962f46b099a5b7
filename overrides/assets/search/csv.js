// The results as a CSV file.

import { articleUrl } from "./view.js";
import { WORDS } from "./words.js";

const BYTE_ORDER_MARK = "\ufeff";
const FORMULA = /^[=+\-@\t\r]/;

/** A cell; one that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of [id, title, date, newspaper] with the tags of their documents, as the text of a CSV file. */
export function csvText(cards, docs, table) {
  const rows = cards.map(([id, title, date, paper], at) => [
    id,
    title,
    date,
    paper,
    ...["park", "industry", "topic", "province"].map((facet) => table.labelsOf(facet, docs[at]).join("；")),
    articleUrl(id, []),
  ]);
  return BYTE_ORDER_MARK + [WORDS.csvColumns, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** Offers the text as a download. */
export function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
