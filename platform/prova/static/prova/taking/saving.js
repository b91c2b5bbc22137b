// Every answer is saved as it is given, kept on this device until it is, and sent again until it is in. htmx sends; this
// decides when. What the server answers is read in replies.js, two answers to one question are settled in conflicts.js.

import * as drafts from "./drafts.js";
import { fill, given, isBeingFilled, itemOf, joined, paper, sectionOf, sections, stateOf, storedOf, words } from "./fields.js";
import { isPaperOver, placesOf, summarise } from "./summary.js";

const TYPING_PAUSE_MS = 700;
const LONGEST_WAIT_S = 30;

const waiting = new Map(); // item -> timer of the next try
const failures = new Map(); // item -> tries that failed in a row
const conflicts = new Set(); // items whose learner has to choose
const confirmed = new Map(); // item -> an answer that the server took and keeps in other words
let lastStatus = 0;

export const isUnsaved = (section) => {
  const now = joined(given(section));
  return now !== storedOf(section) && now !== confirmed.get(itemOf(section));
};
export const isWaiting = (section) => waiting.has(itemOf(section));
export const unsaved = () => sections().filter(isUnsaved);

export function say(section, kind, text) {
  const state = stateOf(section);
  state.className = `save-state save-state--${kind}`;
  const message = document.createElement("span");
  message.textContent = text;
  state.replaceChildren(message);
}

export const tellAll = () => summarise({ failing: failures.size, status: lastStatus, conflicts: placesOf(conflicts) });

export function changed(section, pause) {
  if (!isUnsaved(section)) return; // back to what is saved; a request under way is checked when it ends
  drafts.keep(section);
  if (conflicts.has(itemOf(section)) || isPaperOver()) return;
  if (!failures.has(itemOf(section))) say(section, "saving", words.saving);
  plan(section, pause);
}

function plan(section, pause) {
  const item = itemOf(section);
  clearTimeout(waiting.get(item));
  waiting.set(item, setTimeout(() => sectionOf(item) && save(sectionOf(item)), pause));
}

export function save(section) {
  const item = itemOf(section);
  clearTimeout(waiting.get(item));
  waiting.delete(item);
  if (conflicts.has(item) || isPaperOver()) return;
  say(section, "saving", failures.has(item) ? words.retryingNow : words.saving);
  htmx.trigger(section, "prova:save");
}

export async function saveAll(patience_ms) {
  for (const section of unsaved()) save(section);
  const until = performance.now() + patience_ms;
  while (unsaved().some((section) => !conflicts.has(itemOf(section))) && performance.now() < until) await new Promise((wake) => setTimeout(wake, 100));
  return unsaved().length === 0;
}

export function retryLater(section, status) {
  const item = itemOf(section);
  const tries = (failures.get(item) ?? 0) + 1;
  failures.set(item, tries);
  lastStatus = status;
  const seconds = Math.ceil(Math.min(LONGEST_WAIT_S, 2 ** tries) * (0.75 + Math.random() / 2));
  say(section, "bad", status === 401 ? words.signedOutHere : fill(words.retrying, { seconds }));
  plan(section, seconds * 1000);
}

// What waits for the end of typing; what waits for the connection goes on waiting.
export const saveTyped = () => [...waiting.keys()].filter((item) => !failures.has(item)).forEach((item) => sectionOf(item) && save(sectionOf(item)));
export const retryNow = () => [...failures.keys()].filter((item) => waiting.has(item)).forEach((item) => sectionOf(item) && save(sectionOf(item)));

// --- what became of it ----------------------------------------------------------------------------------------------

export const isInConflict = (section) => conflicts.has(itemOf(section));
export const isHeld = (section) => isInConflict(section) || isPaperOver();
export const confirmAnswer = (item, answer) => confirmed.set(item, answer);
export const endTries = (item) => failures.delete(item);
export const endAllTries = () => failures.clear();

export function hold(item) {
  conflicts.add(item);
  failures.delete(item);
}
export const release = (item) => conflicts.delete(item);

// --- what the learner does ------------------------------------------------------------------------------------------

paper.addEventListener("change", (event) => {
  const section = event.target.closest(".question[data-item]");
  if (!section) return;
  changed(section, 0);
});
paper.addEventListener("input", (event) => {
  const section = event.target.closest(".question[data-item]");
  if (!section || isBeingFilled() || !(event.target.type === "text" || event.target.type === "textarea")) return;
  changed(section, TYPING_PAUSE_MS);
});
