/* The case on the left: what lies under a mark, and pictures shown on demand. */
export function besides() {
  const tip = document.getElementById("tip");
  const show = (mark) => {
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    const box = mark.getBoundingClientRect();
    tip.style.top = `${scrollY + box.bottom + 6}px`;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8)) + scrollX}px`;
    mark.setAttribute("aria-describedby", "tip");
  };
  const hide = (mark) => { tip.hidden = true; mark.removeAttribute("aria-describedby"); };
  for (const mark of document.querySelectorAll("mark[data-tip]")) {
    mark.addEventListener("mouseenter", () => show(mark));
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("mouseleave", () => hide(mark));
    mark.addEventListener("blur", () => hide(mark));
  }
  addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
  const button = document.getElementById("reveal");
  button?.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    button.closest(".pictures").classList.toggle("shown", shown);
  });
}
