// Reads on by itself while a check is under way; without it, the button does the same.
const form = document.getElementById("check");
const shown = document.getElementById("checked");

async function readOn() {
  const answer = await fetch(location.pathname, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Part": "1" },
  });
  if (!answer.ok) return form.submit();
  shown.innerHTML = await answer.text();
  if (shown.querySelector("[data-goes-on]")) await readOn();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  readOn().catch(() => form.submit());
});
