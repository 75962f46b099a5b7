// On an article reached from a search (?hl=term, once for each term): loads the marker. Costs nothing otherwise.

const terms = new URLSearchParams(location.search).getAll("hl");
if (terms.some(Boolean)) {
  const { markTerms } = await import("./mark.js");
  markTerms(document.querySelector("[data-highlight]") ?? document.querySelector("article") ?? document.body, terms);
}
