/* The small window in which a test on a fact is set: its options in words. */
import {el, words} from "./state.js";

const box = el("popover");
let back = null;

const make = (tag, attributes = {}, ...children) => {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (name === "class") one.className = value;
    else if (typeof value === "boolean") one[name] = value;
    else one.setAttribute(name, value);
  one.append(...children);
  return one;
};
export {make};

export function close(refocus = true) {
  if (box.hidden) return;
  box.hidden = true;
  box.replaceChildren();
  if (refocus) back?.focus();
}

function open(at, title, content, done) {
  back = at;
  const ok = make("button", {type: "button", class: "primary"}, words.done);
  ok.addEventListener("click", done);
  const no = make("button", {type: "button", class: "quiet"}, words.cancel);
  no.addEventListener("click", () => close());
  box.className = "popover";
  box.setAttribute("role", "dialog");
  box.replaceChildren(make("h3", {}, title), ...content, make("div", {class: "row end"}, no, ok));
  put(at, title);
}

/* A menu of buttons; what each does, the page hears by its data. */
export function openMenu(at, title, items) {
  back = at;
  box.className = "popover menu";
  box.setAttribute("role", "group");
  box.replaceChildren(...items);
  put(at, title);
}

function put(at, title) {
  box.setAttribute("aria-label", title);
  box.hidden = false;
  const place = at.getBoundingClientRect(), own = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(place.left, innerWidth - own.width - 8));
  const below = place.bottom + own.height + 8 < innerHeight;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(below ? place.bottom + 4 : Math.max(8, place.top - own.height - 4)) + scrollY}px`;
  (box.querySelector("input:checked, input, select") || box.querySelector("button")).focus();
}

box.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { event.stopPropagation(); close(); }
  if (event.key === "Enter" && event.target.tagName !== "BUTTON") {
    event.preventDefault();
    box.querySelector(".primary")?.click();
  }
  if (event.key === "Tab") {
    const all = [...box.querySelectorAll("button, input, select")].filter((one) => !one.disabled && one.offsetParent);
    const first = all[0], end = all.at(-1);
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); end.focus(); }
    else if (!event.shiftKey && document.activeElement === end) { event.preventDefault(); first.focus(); }
  }
});
document.addEventListener("pointerdown", (event) => {
  if (!box.hidden && !box.contains(event.target)) close(false);
});

/* Asks which fact to test, then for the test. */
export function askFact(at, facts, taken, then) {
  const pick = make("select", {"aria-label": words.which_fact},
    ...Object.entries(facts).filter(([name]) => !taken.includes(name)).map(([name, fact]) =>
      make("option", {value: name}, fact.shared ? `${fact.words} (${words.shared})` : fact.words)));
  open(at, words.which_fact, [pick], () => askTest(at, pick.value, facts[pick.value], null, (test) => then(pick.value, test)));
}

/* Asks for a test; `then` gets it as JSON data, null for none. */
export function askTest(at, name, fact, raw, then) {
  const form = !fact || !fact.kind ? asWritten(raw)
    : fact.kind === "number" ? numbers(fact, raw)
    : fact.kind === "choice" ? options(fact, raw)
    : two(fact, raw);
  open(at, fact?.words || name, [...(fact?.ask ? [make("p", {class: "soft small"}, fact.ask)] : []), ...form.content], () => {
    const test = form.value();
    if (test === undefined) return;
    close();
    then(test);
  });
}

function asWritten(raw) {
  return {content: [make("p", {}, words.as_written, " ", make("code", {}, JSON.stringify(raw)))], value: () => raw};
}

function two(fact, raw) {
  const pairs = fact.kind === "definition" ? [[true, words.holds], [false, words.holds_not]]
    : fact.choices.map(([id, said]) => [id, said]);
  const now = Array.isArray(raw) && raw.length === 1 ? raw[0] : raw;
  const all = [...pairs, [null, words.any]].map(([value, said], n) =>
    make("label", {class: "check"}, make("input", {type: "radio", name: "test", value: String(n), checked: value === now}), said));
  return {
    content: [make("div", {class: "choices"}, ...all)],
    value: () => {
      const chosen = box.querySelector("input:checked");
      return chosen ? [...pairs, [null]][Number(chosen.value)][0] : null;
    },
  };
}

const keyOf = (one) => typeof one === "string" ? one : one && typeof one.under === "string" ? `under:${one.under}` : null;

function options(fact, raw) {
  const none = raw !== null && typeof raw === "object" && !Array.isArray(raw) && "not" in raw;
  const inner = none ? raw.not : raw;
  const list = inner === null ? [] : Array.isArray(inner) ? inner : inner && Array.isArray(inner.under)
    ? inner.under.map((under) => ({under})) : [inner];
  const chosen = new Set(list.map(keyOf));
  if (chosen.has(null)) return asWritten(raw);
  const mode = make("select", {"aria-label": words.is},
    make("option", {value: "is", selected: !none}, words.is), make("option", {value: "not", selected: none}, words.is_not));
  const entry = (key, said, depth) => make("label", {class: "check", "data-depth": String(depth), "data-said": said.toLowerCase()},
    make("input", {type: "checkbox", value: key, checked: chosen.has(key)}), said);
  const rows = fact.choices.flatMap(([id, said, depth, whole]) => whole
    ? [entry(`under:${id}`, words.whole.replace("{name}", said), depth)] : [entry(id, said, depth)]);
  const lists = make("div", {class: "choices"}, ...rows);
  const content = [mode, lists];
  if (rows.length > 8) {
    const find = make("input", {type: "search", placeholder: words.search, "aria-label": words.search});
    find.addEventListener("input", () => {
      for (const row of rows) row.hidden = !row.dataset.said.includes(find.value.trim().toLowerCase());
    });
    content.splice(1, 0, find);
  }
  return {
    content,
    value: () => {
      const keys = [...lists.querySelectorAll("input:checked")].map((one) => one.value);
      if (!keys.length) return null;
      const tests = keys.map((key) => key.startsWith("under:") ? {under: key.slice(6)} : key);
      const test = tests.length === 1 ? tests[0] : tests.every((one) => one.under) ? {under: tests.map((one) => one.under)} : tests;
      return mode.value === "not" ? {not: test} : test;
    },
  };
}

const SIGNS = [["<", "below"], ["<=", "at_most"], [">", "above"], [">=", "at_least"], ["=", "exactly"], ["..", "between"]];

function numbers(fact, raw) {
  const text = raw === null ? "" : String(raw);
  const single = text.match(/^\s*(<=|>=|<|>|=)?\s*(-?\d+(?:\.\d+)?)\s*$/);
  const range = text.match(/^\s*(-?\d+(?:\.\d+)?)\s*\.\.\s*(-?\d+(?:\.\d+)?)\s*$/);
  if (raw !== null && !single && !range) return asWritten(raw);
  const sign = make("select", {"aria-label": fact.words}, make("option", {value: ""}, words.no_test),
    ...SIGNS.map(([value, said]) => make("option", {value, selected: range ? value === ".." : !!single && (single[1] || "=") === value}, words[said])));
  const first = make("input", {type: "number", step: "any", value: range ? range[1] : single ? single[2] : "", "aria-label": fact.words});
  const second = make("input", {type: "number", step: "any", value: range ? range[2] : "", "aria-label": words.to});
  const show = () => { second.hidden = sign.value !== ".."; first.hidden = !sign.value; };
  sign.addEventListener("change", show);
  show();
  if (raw === null) sign.value = "<";
  show();
  return {
    content: [make("div", {class: "row number"}, sign, first, second, ...(fact.unit ? [make("span", {class: "soft"}, fact.unit)] : []))],
    value: () => {
      if (!sign.value) return null;
      const wanted = sign.value === ".." ? [first, second] : [first];
      for (const one of wanted) if (one.value === "" || !one.checkValidity()) { one.setCustomValidity(words.number); one.reportValidity(); one.setCustomValidity(""); return undefined; }
      return sign.value === ".." ? `${first.value}..${second.value}` : `${sign.value} ${first.value}`;
    },
  };
}
