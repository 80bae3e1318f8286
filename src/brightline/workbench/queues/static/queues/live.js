// Brings the table of queues up to date every 15 seconds, as long as one looks at it and wants it.
const EVERY = 15_000;
const table = document.getElementById("table");
const button = document.getElementById("live");
let on = true;

function busy() {
  const here = document.activeElement;
  return document.hidden || (table.contains(here) && here.matches("input, button"));
}

async function refresh() {
  if (!on || busy()) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Part": "1" } });
    if (answer.ok && !answer.redirected) table.innerHTML = await answer.text();
  } catch {
    // the line is down: the page says as of when it is, and tries again
  }
}

button.hidden = false;
button.addEventListener("click", () => {
  on = !on;
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? button.dataset.on : button.dataset.off;
  refresh();
});
setInterval(refresh, EVERY);
