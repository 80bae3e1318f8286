/* What time does on the page: due, the timer, the lease, a reminder to rest. Quiet to screen readers. */
const REST = 5 * 60e3, STEP = 1000;

const span = (ms) => {
  const s = Math.max(0, Math.floor(ms / 1000)), two = (n) => String(n).padStart(2, "0");
  const days = Math.floor(s / 86400), rest = `${two(Math.floor(s % 86400 / 3600))}:${two(Math.floor(s % 3600 / 60))}`;
  if (days) return `${days} d ${rest}`;
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s % 3600 / 60))}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
};

export class Clock {
  constructor(data, {warn, hold}) {
    Object.assign(this, {data, warn, hold, words: data.words});
    this.ahead = Date.parse(data.now) - Date.now();
    this.lease = Date.parse(data.lease) || 0;
    this.length = this.lease - this.now();
    this.active = this.held = Date.now();
    for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) addEventListener(kind, () => this.#moved(), {passive: true});
    setInterval(() => this.tick(), STEP);
    this.tick();
  }
  now() { return Date.now() + this.ahead; }
  leaseIs(text) { if (text) this.lease = Date.parse(text); }

  tick() {
    for (const one of document.querySelectorAll("[data-due]")) {
      const left = Date.parse(one.dataset.due) - this.now();
      const days = span(Math.abs(left));
      one.textContent = this.words[left < 0 ? "late" : "left"].replace("{time}", days.replace(" d ", ` ${this.words.days} `));
      one.classList.toggle("late", left < 0);
    }
    for (const one of document.querySelectorAll("[data-since]")) {
      if (one.dataset.since) one.textContent = "⏱ " + span(this.now() - Date.parse(one.dataset.since));
    }
    const left = this.lease - this.now();
    this.warn("lease", this.lease && left < 120e3 && left > 0 ? this.words.lease.replace("{time}", span(left - left % 30e3 || left)) : "");
    const worked = this.#worked();
    const every = this.data.breakMinutes * 60e3;
    this.warn("break", every && worked >= every ? this.words.break.replace("{n}", Math.floor(worked / 60e3)) : "");
  }

  #moved() {
    const now = Date.now();
    this.active = now;
    try {
      const kept = JSON.parse(localStorage.getItem("brightline.shift") || "null");
      const shift = kept && now - kept.last < REST ? {since: kept.since, last: now} : {since: now, last: now};
      if (!kept || now - kept.last > 2000) localStorage.setItem("brightline.shift", JSON.stringify(shift));
    } catch { /* no storage: no reminder */ }
    if (this.lease && this.lease - this.now() < this.length * 2 / 3 && now - this.held > 30e3) { this.held = now; this.hold(); }
  }
  #worked() {
    try {
      const kept = JSON.parse(localStorage.getItem("brightline.shift") || "null");
      return kept && Date.now() - kept.last < REST ? Date.now() - kept.since : 0;
    } catch { return 0; }
  }
}
