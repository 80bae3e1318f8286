// Asks every second how far a sweep is; the page is loaded anew when it has come to its end.
async function ask() {
  const part = document.getElementById("progress");
  try {
    const answer = await fetch(part.dataset.address, { headers: { "X-Part": "1" } });
    if (answer.ok) {
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = made.getElementById("progress");
      if (now === null || now.dataset.running !== "1") {
        location.reload();
        return;
      }
      part.innerHTML = now.innerHTML;
    }
  } catch {
    // the server is away for a moment: it is asked again
  }
  setTimeout(ask, 1000);
}
setTimeout(ask, 1000);
