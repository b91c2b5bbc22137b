// Two answers to one question, from two tabs or devices: the learner chooses, where this page has something to lose.

import * as drafts from "./drafts.js";
import { baseOf, isBeingFilled, itemOf, paper, put, sectionOf, setBase, stateOf, words } from "./fields.js";
import { hold, isInConflict, isUnsaved, release, save, tellAll } from "./saving.js";
import { isOfThisBrowser, onTold } from "./tabs.js";

const followed = new Set(); // items that show another tab's answer, and nothing that was typed here

export function letChoose(section, conflict) {
  const item = itemOf(section);
  if (followed.has(item)) {
    follow({ item, answer: JSON.parse(conflict.dataset.stored), id: conflict.dataset.responseId });
    return;
  }
  hold(item);
  drafts.keep(section);
  if (isOfThisBrowser(conflict.dataset.tab)) conflict.querySelector("[data-who]").textContent = words.otherTab;
  stateOf(section).replaceWith(conflict);
}

paper.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (!button) return;
  const section = button.closest(".question");
  const { responseId, stored } = stateOf(section).dataset;
  setBase(section, responseId);
  if (button.dataset.choose === "stored") {
    put(section, JSON.parse(stored));
    drafts.drop(section);
  }
  release(itemOf(section));
  section.focus({ preventScroll: true });
  save(section);
  tellAll();
});

// What another tab saved, or this one while its next page was made. Saving the same again stores nothing, and brings
// the card up to date.
export function follow({ item, answer, id }) {
  const section = sectionOf(item);
  if (!section || isInConflict(section) || Number(id) <= Number(baseOf(section))) return;
  if (isUnsaved(section) && !followed.has(item)) return; // the server will say so, and the learner choose
  followed.add(item);
  put(section, answer);
  setBase(section, id);
  save(section);
}

onTold("saved", follow);

function answeredHere(event) {
  const section = event.target.closest(".question[data-item]");
  if (section && !isBeingFilled()) followed.delete(itemOf(section));
}
paper.addEventListener("change", answeredHere);
paper.addEventListener("input", answeredHere);
