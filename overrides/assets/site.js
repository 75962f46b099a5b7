// What a page does beyond being read: scheme, `/`, permalinks, evidence and search hits marked, copying, filtering.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const assets = document.currentScript.src;

  // Light and dark
  const toggle = one("[data-scheme-toggle]");
  toggle?.addEventListener("click", () => {
    const scheme = document.body.getAttribute("data-md-color-scheme") === "slate" ? "default" : "slate";
    document.body.setAttribute("data-md-color-scheme", scheme);
    try { localStorage.setItem("scheme", scheme); } catch { /* storage may be shut: the choice lasts for this page */ }
  });

  // On a narrow screen the hubs scroll sideways: the current one is brought into view
  const current = one(".masthead__nav [aria-current]");
  if (current) current.closest("nav").scrollLeft = current.offsetLeft - current.closest("nav").offsetLeft - 40;

  // `/` leads to the search field
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const field = all("main input[type=search][name=q], [data-search-field]").reverse().find((input) => input.checkVisibility());
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  const BESIDE = ".permalink, .dateline, del";  // what stands in a paragraph without being its text

  // Wraps [start, end) of an element's text, in UTF-16 units, in <mark>
  const wrap = (element, start, end, kind) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(BESIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    for (let at = 0, node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push([node, at]);
      at += node.length;
    }
    for (const [node, at] of nodes) {
      const from = Math.max(start - at, 0), to = Math.min(end - at, node.length);
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const mark = document.createElement("mark");
      mark.dataset.kind = kind;
      range.surroundContents(mark);
    }
  };
  const unwrap = (kind) => {
    for (const mark of all(`mark[data-kind="${kind}"]`)) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  };
  const textOf = (element) => {
    const copy = element.cloneNode(true);
    all(BESIDE, copy).forEach((other) => other.remove());
    return copy.textContent;
  };

  const article = one("[data-article]");
  const body = article && one(".article__body", article);
  if (article && body) {
    // A permalink beside each paragraph
    for (const part of all("p[id], h2[id]", body)) {
      const link = document.createElement("a");
      link.className = "permalink";
      link.href = "#" + part.id;
      link.textContent = "#";
      link.setAttribute("aria-label", (body.dataset.permalink || "#") + part.id.slice(1));
      part.append(link);
    }

    // Evidence: part:start:end in code points; where cleaning moved things, the phrase is looked for instead
    const partOf = (number) => number > 0 ? document.getElementById("p" + number) : one(`[data-part="${number - 1}"]`, article);
    const evidence = (link) => {
      const [number, start, end] = link.dataset.evidence.split(":").map(Number);
      const part = partOf(number);
      if (!part) return;
      const text = textOf(part), points = Array.from(text);
      let from = points.slice(0, start).join("").length;
      const length = points.slice(start, end).join("").length;
      if (text.slice(from, from + length) !== link.textContent) from = text.indexOf(link.textContent);
      if (from >= 0) wrap(part, from, from + link.textContent.length, "evidence");
    };
    const button = one("[data-mark-evidence]", article);
    const mark = (links) => { unwrap("evidence"); links.forEach(evidence); };
    const marked = () => button.getAttribute("aria-pressed") === "true" ? all("[data-evidence]", article) : [];
    button?.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      mark(marked());
    });
    // A chip that is opened marks its own phrases; the phrase that is followed keeps its mark
    let followed = false;
    for (const chip of all(".chip__evidence", article)) {
      chip.addEventListener("toggle", (event) => {
        if (event.target !== chip) return;
        if (chip.open) mark(all("[data-evidence]", chip));
        else if (!followed && !one(".chip__evidence[open]", article)) mark(marked());
        followed = false;
      });
    }
    for (const link of all("[data-evidence]", article)) {
      link.addEventListener("click", () => {
        followed = true;
        link.closest(".chip__evidence").open = false;
      });
    }

    // Before and after correction
    const forms = one("[data-forms]", article);
    const form = () => { article.dataset.form = one("input:checked", forms).value; };
    if (forms) { forms.addEventListener("change", form); form(); }

    // Words that are selected go into the correction file: widened until they stand only once in the article
    const fix = one("[data-fix]", article);
    document.addEventListener("selectionchange", () => {
      const chosen = getSelection();
      if (!fix || chosen.isCollapsed || !chosen.rangeCount) return;
      const range = chosen.getRangeAt(0), at = range.commonAncestorContainer;
      const part = (at.closest ? at : at.parentElement)?.closest(".article__body p[id^=p], .article__body h2, h1, .article__kicker");
      if (!part || at.closest?.("del")) return;
      const before = document.createRange();
      before.setStart(part, 0);
      before.setEnd(range.startContainer, range.startOffset);
      const bare = (piece) => { const box = document.createElement("div"); box.append(piece.cloneContents()); return textOf(box); };
      const text = textOf(part), whole = all("h1, .article__kicker, .article__body :is(p[id^=p], h2)", article).map(textOf).join("\n");
      let from = bare(before).length, to = from + bare(range).length;
      const times = () => whole.split(text.slice(from, to)).length - 1;
      while (times() > 1 && (from > 0 || to < text.length)) { from = Math.max(0, from - 2); to = Math.min(text.length, to + 2); }
      if (times() !== 1) return;
      const old = JSON.stringify(text.slice(from, to));
      fix.textContent = fix.textContent.replace(/^    (# )?text: .*$/m, () => `    text: [{old: ${old}, new: ${old}}]`);
    });

    // Terms that a search brought here (?hl=…) are marked by the search's own rules
    if (new URLSearchParams(location.search).has("hl")) {
      for (const end of all("h1 wbr", article)) end.remove();  // a hit is one stretch of text
      one("h1", article).normalize();
      import(new URL("search/highlight.js", assets).href).then(() => {
        if (!forms || !one("del mark", article)) return;
        one("input[value=both]", forms).checked = true;  // what was found stands in the text before its correction
        form();
        one("mark.pn-hit", article).scrollIntoView({ block: "center" });
      });
    }
  }

  // Open panels close on Escape and on a click elsewhere
  const panels = all(".chip__evidence");
  const close = (but) => panels.forEach((panel) => { if (panel !== but) panel.open = false; });
  if (panels.length) {
    document.addEventListener("keydown", (event) => {
      const open = event.key === "Escape" && panels.find((panel) => panel.open);
      if (open) { close(); one("summary", open).focus(); }
    });
    document.addEventListener("click", (event) => close(event.target.closest(".chip__evidence")));
  }

  // Citations: the day of access is the reader's, and each can be copied
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  for (const place of all("[data-today]")) place.textContent = `[${today.join("-")}]`;
  for (const copy of all("[data-copy]")) {
    if (!navigator.clipboard) copy.remove();
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy.previousElementSibling.textContent);
      const words = copy.textContent;
      copy.textContent = copy.dataset.copy || words;
      setTimeout(() => { copy.textContent = words; }, 1500);
    });
  }

  // The arcs of the name under the pointer or with the focus come forward
  const arcs = one("[data-arcs]");
  for (const name of arcs ? all("[data-at]", arcs) : []) {
    const mine = all("[data-ends]", arcs).filter((path) => path.dataset.ends.split(" ").includes(name.dataset.at));
    const show = (on) => { arcs.classList.toggle("is-chosen", on); mine.forEach((path) => path.classList.toggle("is-on", on)); };
    for (const event of ["pointerenter", "focus"]) name.addEventListener(event, () => show(true));
    for (const event of ["pointerleave", "blur"]) name.addEventListener(event, () => show(false));
  }

  // Filtering a directory by name, alias, city and kind
  const filter = one("[data-filter]");
  if (filter) {
    const field = one("input", filter), output = one("output", filter), kinds = all("[data-kind]", filter);
    const sections = all(".directory").map((section) => [section, all(".links > li", section)]);
    const show = () => {
      const wanted = field.value.trim().toLowerCase();
      const kind = kinds.find((item) => item.getAttribute("aria-pressed") === "true")?.dataset.kind;
      let shown = 0;
      for (const [section, items] of sections) {
        let here = 0;
        for (const item of items) {
          const words = (item.textContent + " " + (item.dataset.also ?? "")).toLowerCase();
          item.hidden = !words.includes(wanted) || (kind !== undefined && (item.dataset.note ?? "") !== kind);
          here += !item.hidden;
        }
        section.hidden = !here && Boolean(wanted || kind);
        shown += here;
      }
      output.textContent = wanted || kind ? output.dataset.words.replace("{n}", shown) : "";
    };
    field.addEventListener("input", show);
    for (const button of kinds) {
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        kinds.forEach((other) => other.setAttribute("aria-pressed", String(other === button && on)));
        show();
      });
    }
  }
})();
