/* Many answers: type to find one, without accents; arrows choose, Enter takes it. */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").trim();

export function finder(step, words) {
  const field = step.querySelector("#finder");
  if (!field) return;
  const count = step.querySelector("#found-count");
  const options = [...step.querySelectorAll("#found [role=option]")];
  let left = options, at = -1;

  const choose = (place) => {
    at = left.length ? (place + left.length) % left.length : -1;
    for (const one of options) one.setAttribute("aria-selected", String(one === left[at]));
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", left[at].id);
    left[at].scrollIntoView({block: "nearest"});
  };
  const narrow = () => {
    const wanted = fold(field.value).split(/\s+/).filter(Boolean);
    left = options.filter((one) => wanted.every((word) => one.dataset.find.includes(word)));
    options.forEach((one) => { one.hidden = !left.includes(one); });
    options.forEach((one) => { delete one.dataset.shortcut; one.querySelector("kbd").textContent = ""; });
    left.slice(0, 9).forEach((one, place) => { one.dataset.shortcut = String(place + 1); one.querySelector("kbd").textContent = place + 1; });
    count.textContent = left.length ? words.found.replace("{n}", left.length) : words.found_none;
    count.classList.toggle("visually-hidden", left.length > 0);
    choose(wanted.length ? 0 : options.findIndex((one) => one.classList.contains("hinted")) >= 0 ? left.findIndex((one) => one.classList.contains("hinted")) : -1);
  };
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { choose(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1)); event.preventDefault(); }
    if (event.key === "Enter" && !event.repeat && at >= 0) { left[at].click(); event.preventDefault(); }
  });
  narrow();
}
