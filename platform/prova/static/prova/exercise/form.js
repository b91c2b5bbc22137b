// The form of the exercise page, its texts, and the two places where it speaks to whom it serves.

export const form = document.getElementById("solution-form");
export const area = form.elements.source;
export const refused = document.getElementById("refused");
export const texts = form.dataset;
const note = form.querySelector(".editor__note");

export function submit() {
  if (!form.querySelector(".editor__submit").disabled) form.requestSubmit();
}
export function say(text) {
  if (note.textContent !== text) note.textContent = text;
}
export function refuse(sentence) {
  const box = Object.assign(document.createElement("p"), { className: "callout callout--warn", textContent: sentence });
  refused.replaceChildren(box);
}
