/* The editor of one file: the form and the text are two views of it; switching loses nothing. */
import * as form from "./form.js";
import {live, soon} from "./live.js";
import "./entries.js";
import {changed, data, el, inTurn, send, state, urls} from "./state.js";
import * as text from "./text.js";

const LOOK = 15000;
let problems = [];

async function mode(wanted) {
  if (wanted === state.mode) return;
  if (wanted === "text") {
    await form.flush();
    const {data: found} = await send(`${urls.form}?at=${encodeURIComponent(state.selected)}`);
    text.start();
    state.revision = found.revision;
    text.show(found.text);
    text.marks(problems);
  } else {
    await text.save();
    if (text.dirty()) return;
    await form.reload();
  }
  state.mode = wanted;
  el("as-form").hidden = wanted !== "form";
  el("as-text").hidden = wanted !== "text";
  for (const name of ["form", "text"]) el(`tab-${name}`).setAttribute("aria-selected", String(name === wanted));
  const address = new URL(location.href);
  wanted === "text" ? address.searchParams.set("as", "text") : address.searchParams.delete("as");
  history.replaceState(null, "", address);
  soon(0);
}

el("tab-form").addEventListener("click", () => mode("form"));
el("tab-text").addEventListener("click", () => mode("text"));
el("undo")?.addEventListener("click", async () => {
  if (state.mode === "text") await text.save();
  const found = await form.undo();
  if (found && state.mode === "text") text.show(found.text);
});
document.addEventListener("click", async (event) => {
  const one = event.target.closest("[data-act=as-text]");
  if (!one) return;
  await mode("text");
  text.goto(Number(one.dataset.line || 1), Number(one.dataset.column || 1));
});

const body = document.querySelector(".editor-body"), WIDE = "brightline.draft.wide";
function widen(wide) {
  body.classList.toggle("wide", wide);
  el("wide").setAttribute("aria-pressed", String(wide));
  try { wide ? localStorage.setItem(WIDE, "1") : localStorage.removeItem(WIDE); } catch { /* private window */ }
}
el("wide").addEventListener("click", () => widen(!body.classList.contains("wide")));
try { if (localStorage.getItem(WIDE)) widen(true); } catch { /* private window */ }

changed(() => soon());
live({
  text: () => state.mode === "text" && text.dirty() ? text.text() : undefined,
  found: (said) => {
    problems = said.problems;
    form.marks(said);
    if (state.mode === "text") text.marks(problems);
    if (said.revision > state.revision && !form.busy() && !text.dirty()) catchUp();
  },
});

/* Somebody else changed the file: what they did is shown as soon as nothing of ours is on its way. */
function catchUp() {
  inTurn(async () => {
    if (form.busy() || text.dirty()) return;
    if (state.mode === "form") return form.reload();
    const {status, data: found} = await send(urls.form);
    if (status === 200 && !text.dirty()) { state.revision = found.revision; text.show(found.text); }
  });
}
setInterval(() => { if (!document.hidden && !form.busy() && !text.dirty()) soon(0); }, LOOK);

addEventListener("beforeunload", (event) => { if (form.busy() || text.unsaved()) event.preventDefault(); });
if (state.mode === "text") text.start();
if (text.restore()) mode("text");
if (data.writes) form.resend();
