/* The form: what a person does in the table becomes one named change, which the server makes in the
   text. Nothing is decided or rewritten here. */
import {askFact, askTest, close, make, openMenu} from "./popover.js";
import {announce, data, el, inTurn, lastMade, post, say, send, state, status, store, touch, urls, words} from "./state.js";
import {redraw, sent} from "./unsent.js";

const table = el("table"), side = el("side"), TYPING = 700;
const typing = new Map();  // field → timer
let hearFound = null;

const facts = () => JSON.parse(el("facts-data")?.textContent || "{}");

/* A number that was being typed when the table was drawn anew: no change event will tell of it. */
let unsent = null;

/* A selector that finds the same control again after the table was drawn anew. */
function handle(one) {
  if (!one || one === document.body) return "";
  const named = Object.entries(one.dataset || {}).filter(([key]) => key !== "raw");
  if (!named.length) return one.id ? `#${CSS.escape(one.id)}` : "";
  const dashed = (key) => key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  return named.map(([key, value]) => `[data-${dashed(key)}="${CSS.escape(value)}"]`).join("");
}

function draw(found, {keepSide = false} = {}) {
  if (found.table === undefined) return;
  const active = document.activeElement, again = handle(active);
  const typed = active && "value" in active && side.contains(active) ? [active.value, active.selectionStart, active.selectionEnd, active.scrollTop] : null;
  const number = active?.dataset?.number && table.contains(active) ? [active.value, unsent === active || active.value !== active.defaultValue] : null;
  const scroll = table.querySelector(".sheet-frame")?.scrollLeft || 0;
  table.innerHTML = found.table;
  if (!keepSide) redraw(side, found.side);
  const frame = table.querySelector(".sheet-frame");
  if (frame) frame.scrollLeft = scroll;
  if (again && !document.contains(active)) {
    const one = document.querySelector(`#table ${again}, #side ${again}`);
    one?.focus({preventScroll: true});
    if (one && number) { if (number[1]) { one.value = number[0]; unsent = one; } else one.select(); }
    if (typed && one && "value" in one) {
      if (one.value !== typed[0] && typing.has(one.dataset.text)) one.value = typed[0];
      try { one.setSelectionRange(typed[1], typed[2]); one.scrollTop = typed[3]; } catch { /* no text field */ }
    }
  }
  if (hearFound) marks(hearFound);
}

/* The findings as marks on the rows and headings they are about. */
export function marks(found) {
  hearFound = found;
  for (const one of document.querySelectorAll(".finding-mark")) one.remove();
  for (const problem of found.problems) {
    const place = problem.clause ? table.querySelector(`[data-marks="${CSS.escape(problem.clause)}"]`)
      : problem.fact ? table.querySelector(`[data-select="fact:${CSS.escape(problem.fact)}"]`)?.parentElement : null;
    if (place && !place.querySelector(".finding-mark"))
      place.append(make("span", {class: `tag finding-mark ${problem.error ? "bad" : "warn"}`, title: problem.message}, problem.error ? "!" : "?"));
  }
}

export function op(name, args, options = {}) {
  remember(name, args);
  return inTurn(async () => {
    const found = await post(urls.op, {op: name, args, at: state.selected});
    forget(name, args);
    if (!found) { if (state.mode === "form") reload(); return null; }
    draw(found, options);
    touch();
    return found;
  });
}

/* Changes that have not reached the server yet, so that a closed page loses none. */
const held = [];
function remember(op, args) { held.push({op, args}); keep(); }
function forget(op, args) { held.splice(held.findIndex((one) => one.op === op && one.args === args), 1); keep(); }
function keep() { try { held.length ? localStorage.setItem(`${store}.ops`, JSON.stringify(held)) : localStorage.removeItem(`${store}.ops`); } catch { /* private window */ } }
export function resend() {
  let found = [];
  try { found = JSON.parse(localStorage.getItem(`${store}.ops`) || "[]"); localStorage.removeItem(`${store}.ops`); } catch { /* nothing kept */ }
  for (const one of found) op(one.op, one.args);
}
export const busy = () => held.length > 0 || typing.size > 0;

export async function reload() {
  const {status: code, data: found} = await send(`${urls.form}?at=${encodeURIComponent(state.selected)}`);
  if (code !== 200) return;
  state.revision = found.revision;
  draw(found);
}

async function select(at, focus = true) {
  await flush();
  state.selected = at;
  const address = new URL(location.href);
  at ? address.searchParams.set("at", at) : address.searchParams.delete("at");
  history.replaceState(null, "", address);
  await reload();
  if (focus) {
    side.querySelector("h2")?.focus({preventScroll: true});
    side.scrollIntoView({block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"});
  }
}

export function flush() {
  for (const [name, timer] of typing) { clearTimeout(timer); sendField(name); }
  return inTurn(() => {});
}

function sendField(name) {
  const field = side.querySelector(`[data-text="${CSS.escape(name)}"]`);
  typing.delete(name);
  if (field) op("text", {path: name.split("/"), text: field.value});
}

const clauseIds = () => [...table.querySelectorAll("tbody[data-clause]")].map((one) => one.dataset.clause);

function move(id, before) {
  const ids = clauseIds().filter((one) => one !== id);
  const place = before ? ids.indexOf(before) + 1 : ids.length + 1;
  return op("move_clause", {clause: id, before}).then((found) => found && announce(words.moved.replace("{id}", id).replace("{n}", place)));
}

export function dialog(id, fill) {
  const one = el(id);
  one.querySelector("form").reset();
  fill?.(one);
  one.showModal();
  return new Promise((on) => one.addEventListener("close", () => on(one.returnValue === "ok" ? new FormData(one.querySelector("form")) : null), {once: true}));
}
export const texts = (form, name) => Object.fromEntries([...form.entries()].filter(([key]) => key.startsWith(`${name}_`)).map(([key, value]) => [key.slice(name.length + 1), value]));
export const slug = (text, taken) => {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 40);
  const stem = /^[a-z]/.test(plain) ? plain : `q_${plain || "1"}`;
  let name = stem, n = 2;
  while (taken.includes(name)) name = `${stem}_${n++}`;
  return name;
};

async function newClause(after) {
  const form = await dialog("new-clause");
  if (!form) return;
  const found = await op("add_clause", {title: texts(form, "title"), action: form.get("action"), after});
  if (!found) return;
  const ids = clauseIds();
  await select(`clause:${after ? ids[ids.indexOf(after) + 1] : ids.at(-1)}`, false);
  table.querySelector(`[data-add-test][data-clause="${CSS.escape(state.selected.slice(7))}"]`)?.focus();
}

async function newFact() {
  const form = await dialog("new-fact");
  if (!form) return;
  const title = texts(form, "title"), kind = form.get("kind"), taken = Object.keys(facts());
  const options = {};
  for (const line of String(form.get("options") || "").split("\n")) {
    const [vi, en] = line.split("|").map((one) => one.trim());
    if (vi) options[slug(en || vi, Object.keys(options))] = en ? {vi, en} : {vi};
  }
  const name = slug(title.en || title.vi, taken);
  if (await op("add_fact", {name, kind, title, ask: texts(form, "ask"), options})) select(`fact:${name}`);
}

async function newOption(fact) {
  const form = await dialog("new-option");
  if (!form) return;
  const title = texts(form, "title"), known = (facts()[fact]?.choices || []).map(([id]) => id);
  op("value", {path: ["facts", fact, "options", slug(title.en || title.vi, known)], value: Object.fromEntries(Object.entries(title).filter(([, said]) => said.trim()))});
}

async function newExample(clause) {
  const known = Object.entries(facts()).filter(([name, fact]) => fact.kind && fact.kind !== "definition" && (!fact.shared || [...table.querySelectorAll(`[data-fact="${CSS.escape(name)}"]`)].length));
  const form = await dialog("new-example", (one) => one.querySelector("[data-facts]").replaceChildren(...known.map(([name, fact]) =>
    make("label", {}, fact.words, fact.kind === "number" ? make("input", {type: "number", step: "any", name: `fact_${name}`})
      : make("select", {name: `fact_${name}`}, make("option", {value: ""}, "–"), ...fact.choices.map(([id, said]) => make("option", {value: id}, said)))))));
  if (!form) return;
  const given = Object.fromEntries(known.map(([name, fact]) => [name, form.get(`fact_${name}`), fact.kind]).filter(([, value]) => value).map(([name, value, kind]) => [name, kind === "number" ? Number(value) : value]));
  op("add_example", {facts: given, expect: clause, text: texts(form, "text")});
}

function setTest(at) {
  const {clause, fact, raw} = at.dataset, row = Number(at.dataset.row);
  askTest(at, fact, facts()[fact], JSON.parse(raw), (test) => op("test", {clause, row, fact, test}));
}

function addTest(at) {
  const {clause} = at.dataset, row = Number(at.dataset.row);
  const line = table.querySelectorAll(`tbody[data-clause="${CSS.escape(clause)}"] tr`)[row];
  const taken = line ? [...line.querySelectorAll("[data-test]:not(.none)")].map((one) => one.dataset.fact) : [];
  askFact(at.closest("#table") ? at : table.querySelector(`[data-menu="${CSS.escape(clause)}"]`), facts(), taken, (fact, test) => {
    if (test !== null) op("test", {clause, row, fact, test});
  });
}

function menu(at) {
  const id = at.dataset.menu, lines = Number(at.dataset.lines), one = (said, attributes, kind = "") => make("button", {type: "button", class: kind, ...attributes}, said);
  openMenu(at, at.getAttribute("aria-label"), [
    one(words.add_test, {"data-add-test": "", "data-clause": id, "data-row": String(lines - 1)}),
    ...(at.dataset.plain === undefined ? [one(words.add_or, {"data-add-test": "", "data-clause": id, "data-row": String(lines)})] : []),
    ...(el("new-step")?.querySelector("option") ? [one(words.add_step, {"data-new-step": id})] : []),
    one(words.clause_below, {"data-new-clause": "", "data-after": id}), one(words.copy, {"data-copy": id}),
    one(words.take_out, {"data-remove-clause": id}, "danger"),
  ]);
}

function basis(id, change) {
  const now = [...side.querySelectorAll("[data-basis-remove]")].map((one) => one.dataset.basisRemove);
  op("value", {path: ["clauses", id, "basis"], value: change(now)});
}

export async function undo() {
  await flush();
  const number = lastMade();
  if (!number) return say("", words.nothing);
  return inTurn(async () => {
    const found = await post(urls.undo, {number, at: state.selected});
    lastMade();  // the undo itself is not undone by the next press
    if (found) { draw(found); announce(words.undone); touch(); }
    return found;
  });
}

document.addEventListener("click", (event) => {
  const one = event.target.closest("button, a");
  if (!one) return;
  const {dataset: d} = one;
  if (one.closest("#chart") && one.getAttribute("href")?.startsWith("#row-clause")) { event.preventDefault(); select(`clause:${one.getAttribute("href").slice(12)}`); }
  if (d.select !== undefined && one.closest("#table, #side, .live")) select(d.select);
  if (!data.writes) return;
  if (one.closest("#popover.menu")) close();
  if (d.menu) menu(one);
  if (d.test !== undefined) setTest(one);
  else if (d.addTest !== undefined) addTest(one);
  else if (d.newClause !== undefined) newClause(d.after);
  else if (d.copy) op("add_clause", {copy: true, after: d.copy, title: {}, action: ""});
  else if (d.otherwise) op("otherwise", {clause: d.otherwise});
  else if (d.newFact !== undefined) newFact();
  else if (d.newOption) newOption(d.newOption);
  else if (d.newExample) newExample(d.newExample);
  else if (d.removeClause && confirm(words.sure_clause.replace("{id}", d.removeClause))) { if (state.selected === `clause:${d.removeClause}`) state.selected = ""; op("remove_clause", {clause: d.removeClause}); }
  else if (d.removeFact && confirm(words.sure)) { state.selected = ""; op("remove_fact", {fact: d.removeFact}); }
  else if (d.removeExample && confirm(words.sure)) { state.selected = ""; op("remove_example", {example: d.removeExample}); }
  else if (d.basisRemove) basis(d.clause, (now) => now.filter((name) => name !== d.basisRemove));
});
document.addEventListener("input", (event) => {
  const {text} = event.target.dataset || {};
  if (text === undefined || !side.contains(event.target)) return;
  status("unsaved");
  clearTimeout(typing.get(text));
  typing.set(text, setTimeout(() => sendField(text), TYPING));
});
document.addEventListener("change", (event) => {
  const one = event.target, d = one.dataset || {};
  if (one === unsent) unsent = null;
  if (d.value) op("value", {path: d.value.split("/"), value: one.value});
  else if (d.date) op("value", {path: d.date.split("/"), value: one.value || null});
  else if (d.number) { if (one.checkValidity()) op("value", {path: d.number.split("/"), value: one.value === "" || Number(one.value) === 0 && d.zero === undefined ? null : Number(one.value)}); else one.reportValidity(); }
  else if (d.basisAdd && one.value) basis(d.basisAdd, (now) => [...now, one.value]);
  else if (one.name === "place" && one.closest("[data-comment]")) { const from = side.querySelector(`[data-text="${CSS.escape(one.value)}"]`); one.closest("form").wanted.value = from?.value || ""; }
  else if (one.name === "kind" && one.closest("#new-fact")) el("new-fact").querySelector("[data-for=choice]").hidden = one.value !== "choice";
});
document.addEventListener("focusout", (event) => {
  const {text} = event.target.dataset || {};
  if (event.target === unsent) unsent.dispatchEvent(new Event("change", {bubbles: true}));
  if (text !== undefined && typing.has(text)) { clearTimeout(typing.get(text)); sendField(text); }
});
export async function talk(address, body, form) {
  const {status: code, data: found} = await send(address, {...body, at: state.selected});
  if (code !== 200) { say(code === 409 ? "warning" : "error", found.error || words.failed); return; }
  say("", "");
  if (found.revision !== undefined) state.revision = found.revision;
  if (form) sent(form);
  draw(found);
  touch();
}

document.addEventListener("submit", (event) => {
  const form = event.target, fields = new FormData(form);
  if (form.dataset.comment !== undefined) {
    event.preventDefault();
    const place = fields.get("place");
    flush().then(() => talk(urls.comment, {pin: form.dataset.pin || "", text: fields.get("text"), answers: Number(form.dataset.answers) || null,
      ...(place ? {place: place.split("/"), wanted: fields.get("wanted")} : {})}, form));
  }
  if (form.dataset.decide !== undefined && side.contains(form)) {
    event.preventDefault();
    flush().then(() => talk(form.action, {then: event.submitter?.value, reason: fields.get("reason"), anyway: form.dataset.again === "1"}, form));
    form.dataset.again = "1";
  }
  if (form.dataset.accept === undefined) return;
  event.preventDefault();
  const {finding, at, of} = form.dataset;
  op("accept", {finding, at, of, date: new Date().toLocaleDateString("sv"), reason: texts(fields, "reason")}).then((found) => found && sent(form));
});
document.addEventListener("keydown", (event) => {
  const id = event.target.dataset?.move;
  if (id && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    const ids = clauseIds(), at = ids.indexOf(id);
    if (event.key === "ArrowUp" && at > 0) move(id, ids[at - 1]);
    if (event.key === "ArrowDown" && at < ids.length - 1) move(id, ids[at + 2] || null);
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && state.mode === "form" && !event.target.matches("input, textarea")) { event.preventDefault(); undo(); }
});

let dragged = "";
const bodyAt = (event) => event.target.closest?.("tbody[data-clause]");
table.addEventListener("dragstart", (event) => {
  dragged = event.target.dataset?.move || "";
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged);
  const body = bodyAt(event);
  event.dataTransfer.setDragImage(body, 10, 10);
  body.classList.add("dragged");
});
table.addEventListener("dragover", (event) => {
  const body = dragged && bodyAt(event);
  if (!body) return;
  event.preventDefault();
  const box = body.getBoundingClientRect(), below = event.clientY > box.top + box.height / 2;
  for (const one of table.querySelectorAll(".drop-above, .drop-below")) one.classList.remove("drop-above", "drop-below");
  body.classList.add(below ? "drop-below" : "drop-above");
});
table.addEventListener("drop", (event) => {
  const body = dragged && bodyAt(event);
  if (!body) return;
  event.preventDefault();
  const ids = clauseIds(), at = ids.indexOf(body.dataset.clause), below = body.classList.contains("drop-below");
  const before = below ? ids[at + 1] || null : ids[at];
  if (before !== dragged && ids[ids.indexOf(dragged) + 1] !== (before ?? undefined)) move(dragged, before);
});
table.addEventListener("dragend", () => {
  dragged = "";
  for (const one of table.querySelectorAll(".dragged, .drop-above, .drop-below")) one.classList.remove("dragged", "drop-above", "drop-below");
});
export {close, select};
