/* What is typed into the small forms beside a clause (a comment, an answer, a reason) and not sent
   yet. The page draws them anew whenever anybody changes the file: none of it is lost by that. */
const FORMS = "form[data-comment], form[data-decide], form[data-accept]";
const kept = new Map();  // the form and the field → what was typed

const fields = (box) => [...box.querySelectorAll(FORMS)].flatMap((form) => fieldsOf(form));
const fieldsOf = (form) => [...form.elements].filter((one) => one.name && one.tagName !== "BUTTON").map((one) => [keyOf(form, one), one]);
function keyOf({dataset, action}, {name}) {
  const of = dataset.decide === undefined ? [dataset.pin, dataset.answers, dataset.finding, dataset.at, dataset.of] : [action];
  return [...of, name].join("|");
}

/* Draws a box anew, with what was being typed in it, and the caret where it was. */
export function redraw(box, html) {
  let caret = null;
  for (const [key, one] of fields(box)) {
    one.value ? kept.set(key, one.value) : kept.delete(key);
    if (one === document.activeElement) caret = [key, one.selectionStart, one.selectionEnd];
  }
  box.innerHTML = html;
  for (const [key, one] of fields(box)) {
    if (!kept.has(key)) continue;
    one.value = kept.get(key);
    const folded = one.closest("details");
    if (folded) folded.open = true;
    if (caret?.[0] !== key) continue;
    one.focus({preventScroll: true});
    try { one.setSelectionRange(caret[1], caret[2]); } catch { /* no text field */ }
  }
}

/* It has been sent: nothing of the form is kept any more. */
export function sent(form) {
  for (const [key, one] of fieldsOf(form)) { kept.delete(key); one.value = ""; }
}
