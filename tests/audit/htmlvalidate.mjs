// Every recommended rule of html-validate but these; each is off for the reason beside it.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Material's frame, which we extend and don't copy:
    "no-trailing-whitespace": "off", // lines that its templates leave blank
    "doctype-style": "off", // it writes <!doctype html>, which HTML allows
    "valid-id": ["error", { relaxed: true }], // its checkboxes are called __drawer and __search
    "valid-autocomplete": "off", // on those checkboxes, against form data that Firefox keeps; our fields say "off" only
    // Ours, on purpose:
    "no-inline-style": "off", // a bar's height, a tile's place: numbers of the data, one for each element
    "aria-label-misuse": ["error", { allowAnyNamable: true }], // ARIA lets a list have a name; some of ours need one
  },
};
