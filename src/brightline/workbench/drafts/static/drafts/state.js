/* What the editor knows: the revision it shows, what is on its way, and how that is told. */
import {send} from "../console/outbox.js";

export const data = JSON.parse(document.getElementById("editor-data").textContent);
export const {words, urls} = data;
export const state = {revision: data.revision, mode: data.as_text ? "text" : "form", selected: new URLSearchParams(location.search).get("at") || "", kept: null};
export const el = (id) => document.getElementById(id);
const made = [];     // revisions of ours in this sitting, newest last
const listeners = [];

export const changed = (listener) => listeners.push(listener);
export const touch = () => { for (const one of listeners) one(); };
export const store = `brightline.draft.${data.person}.${urls.save}`;

export function status(kind, text) {
  el("status").dataset.kind = kind;
  el("status").textContent = text || words[kind] || "";
}

export function say(kind, text, more) {
  const note = document.createElement("p");
  note.className = `note ${kind}`;
  note.append(text, ...(more ? [" ", more] : []));
  el("line").replaceChildren(...(text ? [note] : []));
}

export const announce = (text) => { el("announce").textContent = text; };

export function together(names) {
  const tag = el("together");
  tag.hidden = !names?.length;
  tag.textContent = names?.length ? words.together.replace("{names}", names.join(", ")) : "";
}

/* One thing after the other: each starts from the revision that the one before it made. */
let last = Promise.resolve();
export function inTurn(work) {
  last = last.then(work, work);
  return last;
}

/* Sends a change; resolves to the answer, or null where it was refused or did not get through. */
export async function post(address, body, wait = 1000) {
  status("saving");
  let answer;
  try {
    answer = await send(address, {...body, based_on: body.based_on ?? state.revision});
  } catch {
    status("offline");
    if (wait > 30000) return null;
    await new Promise((on) => setTimeout(on, wait));
    return post(address, body, wait * 2);
  }
  const {status: code, data: found} = answer;
  if (code === 200) {
    say("", "");
    state.kept = null;
    if (found.made) made.push(found.made);
    state.revision = found.revision;
    if (found.others) together(found.others);
    if (found.merged) say("", words.merged);
    if (found.lost?.length) say("warning", `${words.lost} ${found.lost.join(" ")}`);
    status("saved");
    return found;
  }
  if (code === 401) location.reload();
  status("failed", " ");
  state.kept = found.kept ?? null;
  if (found.conflict) {
    const way = document.createElement("a");
    way.href = found.conflict;
    way.className = "button";
    way.textContent = words.conflict;
    say("warning", found.error, way);
  } else say("error", found.error || words.failed);
  return null;
}

export const lastMade = () => made.pop();
export {send};
