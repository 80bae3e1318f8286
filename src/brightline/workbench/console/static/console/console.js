/* The console: shows the step that the server says comes next, sends answers, confirms. It decides
   nothing: what is shown ahead of the server's word was drawn by the server, and is replaced by it. */
import {besides} from "./beside.js";
import {Clock} from "./clock.js";
import {finder} from "./finder.js";
import {listen} from "./keys.js";
import {Outbox, send} from "./outbox.js";

const data = JSON.parse(document.getElementById("console-data").textContent);
const {words} = data;
const room = document.getElementById("step"), line = document.getElementById("line");
const steps = new Map();      // token → a step as the server drew it
const following = new Map();  // token, fact, value → the token that would follow
const trail = [];             // tokens of the steps that were answered here
const notes = new Map();      // what the line under the bar says, by who says it
let shownAt = Date.now(), waiting = false, deciding = false;
let after = null;             // what waits until the server has every answer

const now = () => room.querySelector(".step");
const link = (token, fact, value) => `${token} ${fact} ${JSON.stringify(value)}`;

function say(who, kind, text, more) {
  if ((notes.get(who)?.text || "") === text) return;
  text ? notes.set(who, {kind, text, more}) : notes.delete(who);
  line.replaceChildren(...[...notes.entries()].map(([name, one]) => {
    const note = document.createElement("p");
    note.className = `note ${one.kind}`;
    note.dataset.who = name;
    note.append(one.text, ...(one.more ? [" ", one.more()] : []));
    return note;
  }));
}

function show(step) {
  waiting = false;
  room.removeAttribute("aria-busy");
  if (now()?.dataset.token !== step.token || step.fresh) room.innerHTML = step.html;
  arrive();
}

function arrive() {
  shownAt = Date.now();
  const step = now();
  steps.set(step.dataset.token, {token: step.dataset.token, html: step.outerHTML});
  finder(step, words);
  const field = step.querySelector("[data-focus-first]");
  (field || step.querySelector("[data-focus]"))?.focus({preventScroll: true});
  room.scrollTop = 0;
}

function wait() {
  waiting = true;
  room.setAttribute("aria-busy", "true");
  for (const one of room.querySelectorAll("button, input")) if (one.dataset.act !== "undo") one.disabled = true;
  const back = room.querySelector("[data-act=undo]");
  if (back) back.disabled = false;
}

function connection(kind) {
  const n = outbox.count;
  if (kind === "offline") say("line", "warning", n ? words.offline.replace("{n}", n) : words.offline_none);
  else if (kind === "server") say("line", "warning", `${words.server} ${words.offline.replace("{n}", n)}`);
  else if (kind === "clear") {
    const was = notes.get("line");
    say("wait", "", ""); say("blocked", "", "");
    if (was) { say("line", "success", words.back); setTimeout(() => { if (notes.get("line")?.text === words.back) say("line", "", ""); }, 4000); }
  } else if (notes.has("line") && n) say("line", "warning", words.offline.replace("{n}", n));
  if (!outbox.stores) say("storage", "error", words.no_storage);
}

const outbox = new Outbox({person: data.person, task: data.task, address: data.answers, on: {
  state: connection,
  step: (step, refused) => {
    clock.leaseIs(step.lease);
    if (step.token !== now().dataset.token || waiting || refused) show({...step, fresh: true});
    look();
    const then = after;
    after = null;
    then?.();
  },
  refused: (why) => say("refused", "error", words.refused.replace("{words}", why)),
  lost,
  login: () => say("line", "error", words.login.replace("{n}", outbox.count), () => {
    const way = document.createElement("a");
    way.href = data.login; way.textContent = words.login_link;
    return way;
  }),
}});

function lost(why, entries = []) {
  const box = document.getElementById("lost"), kept = document.getElementById("lost-kept");
  document.getElementById("lost-words").textContent = why;
  kept.replaceChildren();
  if (entries.length) {
    const title = document.createElement("p"), list = document.createElement("ul");
    title.textContent = words.lost_kept;
    list.append(...entries.map((one) => { const row = document.createElement("li"); row.textContent = one.words || words.undone; return row; }));
    kept.append(title, list);
  }
  document.getElementById("lost-on").addEventListener("click", () => outbox.forgetAll());
  box.addEventListener("cancel", (event) => event.preventDefault());
  if (!box.open) box.showModal();
}

/* Draws ahead, where the line is free, what would follow each answer. */
async function look() {
  const step = now(), token = step.dataset.token;
  if (step.dataset.state !== "question" || outbox.count || step.dataset.looked) return;
  step.dataset.looked = "1";
  try {
    const {status, data: found} = await send(data.ahead);
    if (status !== 200 || found.token !== token) return;
    for (const one of found.ahead) {
      steps.set(one.token, one);
      following.set(link(token, one.fact, one.value), one.token);
    }
    step.dataset.ahead = found.ahead.length;
  } catch { /* the server says it when the answer is given */ }
}

function answer(fact, given, label) {
  if (waiting || deciding) return;
  after = null;
  say("refused", "", "");
  const token = now().dataset.token;
  const question = room.querySelector(".ask")?.textContent.trim() || fact;
  trail.push(token);
  const next = "value" in given ? steps.get(following.get(link(token, fact, given.value))) : null;
  const seconds = (Date.now() - shownAt) / 1000;
  if (next) show(next); else wait();
  outbox.add({fact, ...given, seconds, language: data.language, words: `${question} ${label}`});
  if (!next && notes.has("line")) say("wait", "warning", words.wait_next);
}

function undo() {
  if (deciding) return;
  after = null;
  const before = waiting ? trail.pop() : now().dataset.before;
  if (!waiting) trail.pop();
  say("refused", "", ""); say("wait", "", "");
  const known = steps.get(before);
  if (known) show({...known, fresh: true}); else wait();
  outbox.add({undo: true});
}

async function again(fact) {
  if (outbox.count) { after = () => again(fact); return; }  // else the last answer's reply would cover it
  try {
    const {status, data: step} = await send(`${data.ask}?fact=${encodeURIComponent(fact)}`);
    if (status === 200) { again.from = now().dataset.token; show(step); } else if (status === 409) lost(step.words); else say("again", "error", step.words || words.server);
  } catch { say("again", "warning", words.needs_line); setTimeout(() => say("again", "", ""), 5000); }
}

async function confirm() {
  if (deciding || waiting) return;
  if (outbox.count) return say("blocked", "warning", words.blocked);
  deciding = true;
  const button = room.querySelector("[data-act-button=confirm]");
  button.disabled = true;
  say("deciding", "", words.deciding);
  let result = null;
  try { result = await send(data.decide, {token: now().dataset.token, note: room.querySelector("#note").value}); } catch { /* told below */ }
  if (result?.status === 200) return location.assign(result.data.to);
  deciding = false;
  button.disabled = false;
  say("deciding", "", "");
  if (!result) return say("decide", "warning", words.not_confirmed);
  if (result.data.problem === "lost") return lost(result.data.words);
  if (result.data.problem === "changed") show({...result.data, fresh: true});
  say("decide", "warning", result.data.words || (result.status === 401 ? words.login.replace("{n}", 0) : words.server));
}

room.addEventListener("click", (event) => {
  const one = event.target.closest("[data-act]");
  if (!one || one.tagName === "FORM") return;
  const {act} = one.dataset;
  if (act === "answer") answer(now().dataset.fact, {value: JSON.parse(one.dataset.value)}, one.querySelector("span")?.textContent.trim() || room.querySelector(".suggestion strong")?.textContent || "");
  if (act === "undo") undo();
  if (act === "again") again(one.dataset.fact);
  if (act === "leave-again") { const was = steps.get(again.from); if (was) show({...was, fresh: true}); }
});
room.addEventListener("toggle", async (event) => {  // it does not bubble: caught on the way down
  const rest = event.target;
  if (!rest.matches?.("[data-rest]") || !rest.open || rest.dataset.loaded) return;
  const list = rest.querySelector("ul");
  try {
    const {status, data: found} = await send(data.known);
    if (status === 200) { list.innerHTML = found.html; rest.dataset.loaded = "1"; } else list.textContent = found.words || words.server;
  } catch { list.textContent = words.needs_line; }
}, true);
room.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.dataset.act === "confirm") return confirm();
  const typed = event.target.elements.number.value.trim();
  if (!typed) return say("refused", "warning", words.not_typed);
  if (["x", "-"].includes(typed.toLowerCase())) return answer(now().dataset.fact, {value: "cannot_tell"}, typed);
  answer(now().dataset.fact, {typed}, typed);
});
for (const one of document.querySelectorAll("[data-opens]")) one.addEventListener("click", () => document.getElementById(one.dataset.opens).showModal());
for (const one of document.querySelectorAll("[data-closes]")) one.addEventListener("click", () => one.closest("dialog").close());
/* Forms that leave the case go by the script, so that a lost connection loses nothing typed. */
async function leave(form) {
  const wrong = form.querySelector(".wrong"), button = form.querySelector("button.primary");
  wrong.textContent = "";
  if (form.dataset.leaves === "answered" && outbox.count) { wrong.textContent = words.blocked; return; }
  if (form.elements.fact) form.elements.fact.value = now().dataset.fact || "";
  button.disabled = true;
  try {
    const {status, data: found} = await send(form.action, new FormData(form));
    if (status === 200) { outbox.forgetAll(); return location.assign(found.to); }
    if (found.problem === "lost") { form.closest("dialog").close(); return lost(found.words, outbox.entries); }
    wrong.textContent = found.words || words.server;
  } catch { wrong.textContent = words.needs_line; }
  button.disabled = false;
}
async function unclear(form) {
  const wrong = form.querySelector(".wrong"), step = now();
  const clause = step.querySelector(".reason")?.dataset.clause || "";
  try {
    const {status, data: found} = await send(data.unclear, {note: form.elements.note.value, fact: step.dataset.fact || "", clause: step.dataset.fact ? "" : clause});
    if (status !== 200) { wrong.textContent = found.words || words.server; return; }
    form.closest("dialog").close();
    form.reset();
    say("unclear", "success", found.words);
    setTimeout(() => say("unclear", "", ""), 5000);
  } catch { wrong.textContent = words.needs_line; }
}
for (const form of document.querySelectorAll("dialog form")) {
  form.addEventListener("submit", (event) => { event.preventDefault(); form.dataset.act === "unclear" ? unclear(form) : leave(form); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
  });
}
addEventListener("beforeunload", (event) => { if (outbox.count && !outbox.stores) event.preventDefault(); });
addEventListener("offline", () => connection("offline"));
addEventListener("online", () => { if (!outbox.count) connection("clear"); });

const clock = new Clock(data, {
  warn: (who, text) => say(who, who === "lease" ? "warning" : "", text),
  hold: async () => {
    try {
      const {status, data: found} = await send(data.hold, {});
      if (status === 200) clock.leaseIs(found.lease);
      if (status === 409 && !deciding) lost(found.words, outbox.entries);
    } catch { /* the next stir tries again */ }
  },
});
listen({shownAt: () => shownAt});
besides();
arrive();
if (outbox.count) { wait(); say("line", "warning", words.sending.replace("{n}", outbox.count)); outbox.flush(); } else look();
document.body.dataset.ready = "1";
