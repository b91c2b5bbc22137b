// The one line beside the questions that says how the whole paper is doing. Polite: it changes only when it says something new.

import { paper, sections, fill, words } from "./fields.js";

const line = document.querySelector("#summary");
let isOver = false;
let wasBad = false;

export function announce(text, { isBad = false, link } = {}) {
  if (isOver) return;
  line.classList.toggle("summary--bad", isBad);
  if (line.dataset.says === text) return;
  line.dataset.says = text;
  line.textContent = text;
  if (link) line.append(" ", Object.assign(document.createElement("a"), link));
}

// Nothing that is said later takes this away.
export function announceOver(text) {
  announce(text, { isBad: true, link: { href: words.result, textContent: words.seeResult } });
  isOver = true;
}

export const announceSignedOut = () => announce(words.signedOut, { isBad: true, link: { href: words.signIn, target: "_blank", textContent: words.signInHere } });

export function summarise({ failing, status, conflicts }) {
  const isBad = failing > 0 || conflicts.length > 0;
  if (conflicts.length) announce(fill(words.conflicts, { places: conflicts.join(", ") }), { isBad });
  else if (failing && status === 401) announceSignedOut();
  else if (failing) announce(fill(words.someUnsaved, { count: failing }), { isBad });
  else if (wasBad) announce(words.allSaved);
  wasBad = isBad;
}

export function count() {
  const answered = paper.querySelectorAll(".place.is-answered").length;
  document.querySelector("#answered").textContent = answered;
  document.querySelector("#answered-bar").value = answered;
}

export const isPaperOver = () => isOver;
export const placesOf = (items) => sections().filter((section) => items.has(section.dataset.item)).map((section) => section.dataset.position);
