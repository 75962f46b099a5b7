// A document as it is shown, and the texts in it that search compares.

import { foldText } from "./fold.js";

/** The places of a record, as Document.record of documents.py fills them. */
const PLACES = ["id", "title", "kicker", "byline", "date", "paper", "paragraphs", "captions", "otherForms"];

/** @returns {{id: string, title: string, kicker: string, byline: string[], date: string, paper: string,
 *   paragraphs: string[], captions: string[], otherForms: string[]}} */
export function readRecord(row) {
  return Object.fromEntries(PLACES.map((name, at) => [name, row[at]]));
}

export const TITLE = 2;
export const LEAD = 1;
export const BODY = 0;

/** Folded texts of a record by zone, BODY, LEAD, TITLE: joined by line ends, which no term holds. */
export function foldedZones(record) {
  const join = (texts) => texts.map(foldText).join("\n");
  return [
    join([...record.paragraphs.slice(1), ...record.captions, ...record.byline, ...record.otherForms]),
    join(record.paragraphs.slice(0, 1)),
    join([record.title, record.kicker]),
  ];
}

/** How often the term stands in the zones, and the best zone that holds it; count 0 when none does. */
export function countIn(zones, term) {
  let count = 0;
  let zone = BODY;
  zones.forEach((text, number) => {
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
      count++;
      zone = number;
    }
  });
  return { count, zone };
}
