/* What follows from what is being written: 300 ms after the last change, errors, proofs, sentences,
   flowchart, and what the last cases would have come to. The server works it all out. */
import {data, el, send, state, together, urls, words} from "./state.js";
import {redraw} from "./unsent.js";

const PAUSE = 300;
let timer = 0, asked = 0, hear = () => {}, textNow = () => undefined;

export function live({text, found}) {
  textNow = text;
  hear = found;
  soon(0);
}

export function soon(wait = PAUSE) {
  clearTimeout(timer);
  if (wait) for (const id of ["found", "impact"]) el(id).setAttribute("aria-busy", "true");
  timer = setTimeout(look, wait);
}

async function look() {
  const own = ++asked, began = performance.now(), text = textNow();
  el("found").setAttribute("aria-busy", "true");
  el("checked").textContent = words.checking;
  try {
    const {status, data: said} = await send(urls.check, text === undefined ? {} : {text});
    if (own !== asked || status !== 200) return;
    redraw(el("found"), said.html);
    el("sentences").innerHTML = said.sentences;
    el("found").removeAttribute("aria-busy");
    el("chart").innerHTML = said.chart;
    el("chart-card").hidden = !said.chart;
    el("checked").textContent = words.checked.replace("{ms}", Math.round(performance.now() - began));
    document.body.dataset.checked = String(own);
    together(said.others);
    hear(said);
    if (!data.path.startsWith("sops/")) { el("impact").removeAttribute("aria-busy"); el("impact").closest("section").hidden = true; return; }
    const answer = await send(urls.impact, text === undefined ? {} : {text});
    if (own !== asked || answer.status !== 200) return;
    el("impact").innerHTML = answer.data.html;
    el("impact").removeAttribute("aria-busy");
  } catch {
    if (own === asked) el("checked").textContent = words.offline;
  }
}
