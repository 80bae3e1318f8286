/* Follow-up steps, the register of law, the rulebook's settings, and translations that may stay:
   each press becomes one named change, as in form.js. */
import {dialog, flush, op, select, slug, talk, texts} from "./form.js";
import {data, el, state, urls, words} from "./state.js";

const side = el("side");
const within = (form) => form.get("within") ? `${Number(form.get("within"))}${form.get("unit")}` : null;
const taken = (section) => [...document.querySelectorAll("[data-select]")].map((one) => one.dataset.select).filter((at) => at.startsWith(`${section}:`)).map((at) => at.slice(section.length + 1));
const named = (said) => said.en?.trim() || said.vi || Object.values(said)[0] || "";

async function newStep(clause) {
  const form = await dialog("new-step");
  if (!form) return;
  await op("add_step", {clause, do: texts(form, "do"), role: form.get("role"), within: within(form)});
  await select(`clause:${clause}`, false);
  [...side.querySelectorAll(".step")].at(-1)?.focus();
}

async function gotoStep(clause, number) {
  await select(`clause:${clause}`, false);
  const step = el(`step-${number}`);
  step?.scrollIntoView({block: "center"});
  step?.focus({preventScroll: true});
}

async function newEntry(kind) {
  const form = await dialog(`new-${kind}`);
  if (!form) return;
  const title = texts(form, "title");
  if (kind === "rung") {
    const at = Number(form.get("at"));
    if (await op("add_rung", {at, title})) select(`rung:${at}`);
    return;
  }
  const cite = texts(form, "cite"), found = slug(named(kind === "law" ? cite : title), taken(kind));
  const name = kind === "law" ? found.replaceAll("_", "-") : found;
  const args = {...Object.fromEntries(form.entries()), section: kind, name, title, cite, sla: within(form)};
  if (await op("add_entry", args)) select(`${kind}:${name}`);
}

async function removeEntry(section, name) {
  if (!confirm(words.sure)) return;
  state.selected = "";
  op(section === "rung" ? "remove_rung" : "remove_entry", section === "rung" ? {at: name} : {section, name});
}

const stays = (one, mark, yes) => flush().then(() => talk(urls.stays, {place: one.dataset.place.split("/"), mark, stays: yes}));

document.addEventListener("click", (event) => {
  const one = event.target.closest("button");
  if (!one) return;
  const {dataset: d} = one;
  if (d.gotoStep !== undefined) gotoStep(d.clause, d.gotoStep);
  if (!data.writes) return;
  if (d.newStep) newStep(d.newStep);
  else if (d.removeStep !== undefined && confirm(words.sure)) op("remove_step", {clause: d.clause, step: Number(d.removeStep)});
  else if (d.stepTo !== undefined) op("move_step", {clause: d.clause, step: Number(d.stepFrom), to: Number(d.stepTo)});
  else if (d.newEntry) newEntry(d.newEntry);
  else if (d.removeEntry) removeEntry(d.removeEntry, d.name);
  else if (d.unverify && confirm(words.unverify)) op("unverify_law", {name: d.unverify});
  else if (d.stays) stays(one, d.stays, true);
  else if (d.staysNot) stays(one, d.staysNot, false);
});
document.addEventListener("change", (event) => {
  const {lengthCount, lengthUnit} = event.target.dataset || {}, place = lengthCount || lengthUnit;
  if (!place) return;
  const box = event.target.closest(".length"), count = box.querySelector("input"), unit = box.querySelector("select").value;
  if (!count.checkValidity()) return count.reportValidity();
  if (lengthUnit && !count.value) return;
  op("value", {path: place.split("/"), value: Number(count.value) > 0 ? `${Number(count.value)}${unit}` : null});
});
document.addEventListener("submit", (event) => {
  const {verify} = event.target.dataset;
  if (!verify) return;
  event.preventDefault();
  op("verify_law", {name: verify, ...Object.fromEntries(new FormData(event.target).entries())});
});
