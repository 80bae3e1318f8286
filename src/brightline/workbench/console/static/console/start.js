/* The start: keys, ticking queues, and answers that an earlier page could not send. */
import {listen} from "./keys.js";
import {heldTasks, Outbox} from "./outbox.js";

const data = JSON.parse(document.getElementById("console-data").textContent);
const line = document.getElementById("line");
const opened = Date.now();
listen({shownAt: () => opened});

const tick = (on) => document.querySelectorAll("#queues [type=checkbox]").forEach((box) => { box.checked = on; });
document.getElementById("tick-all")?.addEventListener("click", () => tick(true));
document.getElementById("tick-none")?.addEventListener("click", () => tick(false));

const say = (kind, words) => {
  const note = document.createElement("p");
  note.className = `note ${kind}`;
  note.textContent = words;
  line.replaceChildren(note);
};
for (const task of heldTasks(data.person)) {
  const box = new Outbox({person: data.person, task, address: `${data.tasks}task/${task}/answers/`, on: {
    state: (kind) => { if (kind === "offline") say("warning", data.words.offline.replace("{n}", box.count)); if (kind === "clear") say("success", data.words.back); },
    step: () => {},
    refused: (words) => say("error", data.words.refused.replace("{words}", words)),
    lost: (words, entries) => {
      say("error", `${words} ${data.words.lost_kept} ${entries.map((one) => one.words || data.words.undone).join(" · ")}`);
      box.forgetAll();
    },
    login: () => {},
  }});
  box.flush();
}
