/* Answers on their way: kept in the browser until the server has acknowledged each, sent in order. */
const BATCH = 50, FIRST_WAIT = 500, LONGEST_WAIT = 8000, PATIENCE = 15000;

export const csrf = () => (document.cookie.match(/(?:^|; )brightline_csrf=([^;]+)/) || [])[1]
  || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

/* A JSON request. Resolves to {status, data}; rejects where the server cannot be reached. */
export async function send(address, body) {
  const asked = {headers: {Accept: "application/json"}, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE)};
  if (body !== undefined) {
    asked.method = "POST";
    const form = body instanceof FormData;
    asked.body = form ? body : JSON.stringify(body);
    if (!form) asked.headers["Content-Type"] = "application/json";
    asked.headers["X-CSRFToken"] = csrf();
  }
  const answer = await fetch(address, asked);
  const json = (answer.headers.get("Content-Type") || "").includes("json");
  const status = json ? answer.status : answer.redirected || answer.status === 403 ? 401 : answer.status < 500 ? 502 : answer.status;
  return {status, data: json ? await answer.json() : {}};
}

const prefix = (person, task) => `brightline.answer.${person}.${task}.`;

/* The tasks of a person for which this browser still holds answers. */
export function heldTasks(person) {
  const found = new Set();
  try {
    for (const name of Object.keys(localStorage)) {
      const match = name.match(new RegExp(`^brightline\\.answer\\.${person}\\.(\\d+)\\.`));
      if (match) found.add(Number(match[1]));
    }
  } catch { /* no storage: nothing is held */ }
  return [...found];
}

export class Outbox {
  /* `on`: state(kind), step(data), refused(words), lost(words, entries), login() */
  constructor({person, task, address, on}) {
    Object.assign(this, {address, on, prefix: prefix(person, task)});
    this.entries = this.#stored();
    this.sending = false;
    this.wait = FIRST_WAIT;
    this.stores = true;
    this.stopped = false;
    addEventListener("online", () => this.flush());
  }
  get count() { return this.entries.length; }

  add(item) {
    const entry = {...item, key: crypto.randomUUID ? crypto.randomUUID() : uuid(), at: Date.now(), order: (this.entries.at(-1)?.order ?? 0) + 1};
    this.entries.push(entry);
    try { localStorage.setItem(this.prefix + entry.key, JSON.stringify(entry)); } catch { this.stores = false; }
    this.flush();
    return entry;
  }

  #stored() {
    const found = [];
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith(this.prefix)) found.push(JSON.parse(localStorage.getItem(name)));
      }
    } catch { return found; }
    return found.filter((one) => one && one.key).sort((a, b) => a.at - b.at || a.order - b.order);
  }

  #forget(keys) {
    this.entries = this.entries.filter((one) => !keys.includes(one.key));
    for (const key of keys) try { localStorage.removeItem(this.prefix + key); } catch { /* gone anyway */ }
  }
  forgetAll() { this.#forget(this.entries.map((one) => one.key)); }

  async flush() {
    if (this.sending || this.stopped || !this.entries.length) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.on.state("sending");
    const batch = this.entries.slice(0, BATCH);
    let result;
    try {
      result = await send(this.address, {sent: batch.map(({at, order, ...one}) => one)});
    } catch { result = null; }
    this.sending = false;
    if (result && result.status === 200) {
      this.wait = FIRST_WAIT;
      const {taken, refused} = result.data;
      this.#forget(refused ? batch.map((one) => one.key) : taken);
      if (refused) this.on.refused(refused);
      this.on.state(this.entries.length ? "sending" : "clear");
      if (this.entries.length) return this.flush();
      return this.on.step(result.data, Boolean(refused));
    }
    if (result && result.status === 409) {
      this.stopped = true;
      return this.on.lost(result.data.words, this.entries);
    }
    if (result && result.status === 401) { this.on.login(); return this.#later(); }
    if (result && result.status === 400) {
      this.#forget(batch.map((one) => one.key));
      this.on.refused(result.data.words || "");
      return this.on.state("clear");
    }
    this.on.state(result ? "server" : "offline");
    this.#later();
  }

  #later() {
    this.timer = setTimeout(() => this.flush(), this.wait + Math.random() * 250);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }
}

function uuid() {  // only where the page is not served securely: randomUUID is missing there
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
