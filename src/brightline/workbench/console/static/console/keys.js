/* Keys: each presses the button that carries it. Never while someone types or composes a letter. */
const PAUSE = 300;  // after a new step, Enter rests so long: one press never does two things

const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

export function listen({shownAt}) {
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (document.querySelector("dialog[open]")) return;  // a dialog has its own keys
    if (typing(target)) {
      if (event.key === "Escape") {
        target.blur();
        document.querySelector("[data-focus]")?.focus();
        event.preventDefault();
      }
      return;
    }
    if (event.repeat) return;
    if (event.key === "/") {
      const field = document.querySelector("[data-focus-first], #note");
      if (field) { field.focus(); event.preventDefault(); }
      return;
    }
    if ((event.key === "Enter" || event.key === " ") && target.closest("button, a, summary, label")) return;
    const name = event.key === "Backspace" ? "z" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const button = [...document.querySelectorAll("[data-shortcut]")].find((one) => one.dataset.shortcut === name && !one.disabled && one.offsetParent !== null);
    if (!button) return;
    event.preventDefault();
    if (name === "Enter" && Date.now() - shownAt() < PAUSE) return;
    button.click();
  });
}
