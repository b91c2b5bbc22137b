// The draft: what is typed stays in this browser until it is submitted.

import { code, onChange } from "./code.js";
import { area, say, texts } from "./form.js";

let timer = 0;
function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    keep();
    say(texts.textDraft);
  }, 600);
}
export function keep() {
  try {
    localStorage.setItem(texts.draft, JSON.stringify({ code: code.get(), after: texts.stored }));
  } catch {
    // No room or not allowed: the text is still on the page.
  }
}
export function forget() {
  clearTimeout(timer);
  localStorage.removeItem(texts.draft);
  say("");
}
export function restore() {
  let draft = null;
  try {
    draft = JSON.parse(localStorage.getItem(texts.draft) ?? "null");
  } catch {
    return;
  }
  if (draft && draft.code !== code.get()) {
    code.set(draft.code);
    clearTimeout(timer);
    say(texts.textRestored);
  }
}

area.addEventListener("input", keepSoon);
onChange(keepSoon);
