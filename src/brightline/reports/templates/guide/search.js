/* Looks through the index of the guideline. It only finds pages; no case is decided here. */
(function () {
  "use strict";

  /* A chart wider than the screen begins at its first question, and is told in words, too. */
  document.querySelectorAll(".chart").forEach(function (region) {
    var first = region.querySelector("svg a");
    if (!first || region.scrollWidth <= region.clientWidth) return;
    var at = first.getBoundingClientRect(), here = region.getBoundingClientRect();
    region.scrollLeft += at.left + at.width / 2 - here.left - here.width / 2;
    var words = region.parentNode.querySelector(".as-text");
    if (words) words.open = true;
  });

  /* On a narrow screen the menu starts closed; without a script it is open. */
  var menu = document.querySelector(".menu details");
  if (menu && window.matchMedia("(max-width: 62rem)").matches) menu.open = false;

  var form = document.querySelector("form.search");
  var panel = document.getElementById("page.results");
  var entries = window.brightlineIndex || [];
  if (!form || !panel) return;
  var input = form.querySelector("input");
  var list = panel.querySelector("ol");
  var count = panel.querySelector(".count");
  var MOST = 30, BEFORE = 50, AROUND = 170;

  /* One character as it is compared: small, without accents, đ as d. */
  function foldChar(char) {
    var bare = char.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return bare === "đ" ? "d" : bare;
  }

  /* A text folded, with the place of every folded character in the text. */
  function folded(text) {
    var out = "", places = [];
    for (var i = 0; i < text.length; i++) {
      var bare = foldChar(text[i]);
      for (var j = 0; j < bare.length; j++) { out += bare[j]; places.push(i); }
    }
    return { text: out, places: places };
  }

  function plain(text) { return folded(text.normalize("NFC")).text; }

  var ready = null;
  function prepared() {
    if (!ready) {
      ready = entries.map(function (entry) {
        return { entry: entry, head: plain(entry.h), page: plain(entry.p), text: plain(entry.t), exact: (entry.h + " " + entry.p + " " + entry.t).normalize("NFC").toLowerCase() };
      });
    }
    return ready;
  }

  function wordsOf(query) {
    return query.normalize("NFC").toLowerCase().split(/[\s,;"“”]+/).filter(Boolean).slice(0, 12);
  }

  function inWord(char) { return char !== undefined && /[a-z0-9]/.test(char); }

  /* The places of a word in a text: 3 as a whole word, 2 as the beginning of one, 1 inside one. A
     syllable of up to three letters is too common inside others to count there. */
  function placesOf(text, word) {
    var found = [];
    for (var at = text.indexOf(word); at >= 0 && found.length < 40; at = text.indexOf(word, at + word.length)) {
      var kind = inWord(text[at - 1]) ? 1 : inWord(text[at + word.length]) ? 2 : 3;
      if (kind > 1 || word.length > 3) found.push([at, kind]);
    }
    return found;
  }

  function best(text, word) {
    return placesOf(text, word).reduce(function (most, hit) { return Math.max(most, hit[1]); }, 0);
  }

  /* How well an entry answers: every word must be in it; 0 where one is not. */
  function score(one, words, bare) {
    var total = 0;
    for (var i = 0; i < bare.length; i++) {
      var worth = Math.max(4 * best(one.head, bare[i]), 1.5 * best(one.page, bare[i]), best(one.text, bare[i]));
      if (!worth) return 0;
      if (one.head === bare[i] || one.head.indexOf(bare[i] + " ") === 0) worth += 20;
      if (words[i] !== bare[i]) worth = one.exact.indexOf(words[i]) >= 0 ? worth + 10 : worth / 10;
      total += worth;
      if (i) {
        var pair = bare[i - 1] + " " + bare[i];
        total += 3 * best(one.head, pair) + 2 * best(one.text, pair);
      }
    }
    return total;
  }

  /* The text as nodes, with the words found in <mark>: never as HTML. */
  function marked(text, bare, cut) {
    text = text.normalize("NFC");
    var seen = folded(text), hits = [];
    bare.forEach(function (word) {
      placesOf(seen.text, word).forEach(function (hit) {
        hits.push([seen.places[hit[0]], seen.places[hit[0] + word.length - 1] + 1]);
      });
    });
    hits.sort(function (a, b) { return a[0] - b[0]; });
    var from = 0, to = text.length;
    if (cut) {
      var most = 0, start = 0;
      hits.forEach(function (hit) {
        var near = hits.filter(function (other) { return other[0] >= hit[0] && other[1] < hit[0] + AROUND - BEFORE; }).length;
        if (near > most) { most = near; start = hit[0]; }
      });
      from = Math.max(0, start - BEFORE);
      if (from) { var space = text.indexOf(" ", from); if (space > 0 && space < from + 20) from = space + 1; }
      to = Math.min(text.length, from + AROUND);
    }
    var made = document.createDocumentFragment(), at = from;
    if (from) made.append("… ");
    hits.forEach(function (hit) {
      if (hit[0] < at || hit[1] > to) return;
      made.append(text.slice(at, hit[0]));
      var mark = document.createElement("mark");
      mark.textContent = text.slice(hit[0], hit[1]);
      made.append(mark);
      at = hit[1];
    });
    made.append(text.slice(at, to));
    if (to < text.length) made.append(" …");
    return made;
  }

  function shown(entry, bare) {
    var item = document.createElement("li"), link = document.createElement("a");
    link.href = form.dataset.up + entry.u;
    var head = document.createElement("b"), page = document.createElement("span"), text = document.createElement("small");
    head.append(marked(entry.h, bare, false));
    page.append(entry.p);
    text.append(marked(entry.t, bare, true));
    link.append(head, " ", page, text);
    item.append(link);
    return item;
  }

  function search() {
    var words = wordsOf(input.value), bare = words.map(plain).filter(Boolean);
    list.textContent = "";
    panel.dataset.of = input.value;
    panel.hidden = !bare.length;
    if (!bare.length) { count.textContent = ""; return; }
    var found = prepared().map(function (one, order) { return { one: one, order: order, score: score(one, words, bare) }; })
      .filter(function (hit) { return hit.score > 0; })
      .sort(function (a, b) { return b.score - a.score || a.order - b.order; });
    count.textContent = found.length ? form.dataset.found.replace("{n}", found.length) : form.dataset.none;
    count.className = found.length ? "count" : "count none";
    found.slice(0, MOST).forEach(function (hit) { list.append(shown(hit.one.entry, bare)); });
  }

  function links() { return Array.prototype.slice.call(list.querySelectorAll("a")); }

  function close(back) {
    input.value = "";
    search();
    if (back) input.focus();
  }

  var waiting = 0;
  input.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(search, 60); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
    if (links()[0]) links()[0].focus();
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); input.focus(); return; }
    if (event.key === "Escape" && !panel.hidden) { close(true); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var all = links(), at = all.indexOf(document.activeElement), here = document.activeElement === input;
    if (panel.hidden || !(here || at >= 0)) return;
    event.preventDefault();
    var next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (next < 0) input.focus();
    else if (all[next]) all[next].focus();
  });
  list.addEventListener("click", function (event) { if (event.target.closest("a")) setTimeout(function () { close(false); }, 0); });
})();
