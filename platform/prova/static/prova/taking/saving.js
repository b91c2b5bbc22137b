// Every answer is saved as it is given, kept on this device until it is, and sent again until it is in. htmx sends;
// this decides when, tells the server what the page knows (see prova/quizzes/saving.py), and says how it went.

import * as drafts from "./drafts.js";
import { baseOf, fill, given, isBeingFilled, itemOf, joined, paper, put, sectionOf, sections, setBase, stateOf, storedOf, words } from "./fields.js";
import { announce, announceOver, count, isPaperOver, placesOf, summarise } from "./summary.js";
import { counterFor, isBehind, isOfThisBrowser, onTold, remember, tab, tell } from "./tabs.js";

const TYPING_PAUSE_MS = 700;
const LONGEST_WAIT_S = 30;

const waiting = new Map(); // item -> timer of the next try
const failures = new Map(); // item -> tries that failed in a row
const conflicts = new Set(); // items whose learner has to choose
const underWay = new Map(); // item -> the answer that was sent last
const followed = new Set(); // items that show another tab's answer, and nothing that was typed here
const confirmed = new Map(); // item -> an answer that the server took and keeps in other words
const answered = []; // who wants to know of every reply
let lastStatus = 0;

export const onReply = (listener) => answered.push(listener);
export const isUnsaved = (section) => {
  const now = joined(given(section));
  return now !== storedOf(section) && now !== confirmed.get(itemOf(section));
};
export const isWaiting = (section) => waiting.has(itemOf(section));
export const unsaved = () => sections().filter(isUnsaved);

function say(section, kind, text) {
  const state = stateOf(section);
  state.className = `save-state save-state--${kind}`;
  const message = document.createElement("span");
  message.textContent = text;
  state.replaceChildren(message);
}

const tellAll = () => summarise({ failing: failures.size, status: lastStatus, conflicts: placesOf(conflicts) });

// --- when -----------------------------------------------------------------------------------------------------------

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

function retryLater(section, status) {
  const item = itemOf(section);
  const tries = (failures.get(item) ?? 0) + 1;
  failures.set(item, tries);
  lastStatus = status;
  const seconds = Math.ceil(Math.min(LONGEST_WAIT_S, 2 ** tries) * (0.75 + Math.random() / 2));
  say(section, "bad", status === 401 ? words.signedOutHere : fill(words.retrying, { seconds }));
  plan(section, seconds * 1000);
}

export const isHeld = (section) => conflicts.has(itemOf(section)) || isPaperOver();
// What waits for the end of typing; what waits for the connection goes on waiting.
export const saveTyped = () => [...waiting.keys()].filter((item) => !failures.has(item)).forEach((item) => sectionOf(item) && save(sectionOf(item)));
export const retryNow = () => [...failures.keys()].filter((item) => waiting.has(item)).forEach((item) => sectionOf(item) && save(sectionOf(item)));

// --- what the server is told, and what it says ----------------------------------------------------------------------

const sectionFrom = (element) => sectionOf(element.dataset?.item ?? element.closest("[data-item]")?.dataset.item);
const carriesAnswer = (element) => element.getAttribute("hx-params")?.startsWith("item-");

paper.addEventListener("htmx:configRequest", ({ detail }) => {
  const section = sectionFrom(detail.elt);
  if (!section || !carriesAnswer(detail.elt)) return;
  const answer = given(section);
  underWay.set(itemOf(section), joined(answer));
  Object.assign(detail.parameters, { base: baseOf(section), tab, counter: counterFor(itemOf(section), joined(answer)) });
});

// What is no success is shown by this script, wherever the request wanted to put its answer.
paper.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400) detail.shouldSwap = false;
});

const isPassing = (status) => status === 0 || status === 401 || status === 403 || status === 408 || status === 429 || status >= 500;
const ofFragment = (xhr) => new DOMParser().parseFromString(xhr.responseText, "text/html").body;

paper.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { xhr, successful } = detail;
  const elt = detail.requestConfig?.elt ?? detail.elt; // htmx names a parent where the answer took the element's place
  const section = sectionFrom(elt);
  for (const listener of answered) listener(xhr);
  if (!section && successful && carriesAnswer(elt)) checked(elt.closest("[data-item]"));
  else if (section && successful && carriesAnswer(elt)) took(section, xhr);
  else if (section && !successful) refused(section, elt, xhr);
  count();
  tellAll();
});

function took(section, xhr) {
  const item = itemOf(section);
  const sent = underWay.get(item);
  failures.delete(item);
  const isOvertaken = isBehind(item, Number(xhr.getResponseHeader("X-Tab-Counter") ?? 0));
  if (!isOvertaken) confirmed.set(item, sent);
  focusWhenShown(() => sectionOf(item)?.querySelector("button[hx-vals*=language]"));
  const draft = drafts.own(section);
  // The language of the question was switched while something was typed: the new card does not have it.
  if (draft && !isUnsaved(section) && joined(draft.given) !== joined(given(section)) && joined(draft.given) !== sent) put(section, draft.given);
  if (isUnsaved(section)) changed(section, 0);
  else {
    drafts.drop(section);
    remember(item, given(section), baseOf(section));
    tell("saved", { item, answer: given(section), id: baseOf(section) });
  }
  retryNow();
}

// What had the focus was replaced; and on a phone the new card is only seen when all who listen have run.
function focusWhenShown(find) {
  setTimeout(() => document.activeElement === document.body && find()?.focus());
}

// The question's feedback has taken its place; its answer stays as it is.
function checked(gone) {
  failures.delete(itemOf(gone));
  drafts.drop(gone);
  focusWhenShown(() => paper.querySelector(`.question[data-position="${gone.dataset.position}"]`));
  retryNow();
}

function refused(section, elt, xhr) {
  const isButton = elt.hasAttribute("data-quiet");
  const body = xhr.status === 409 || xhr.getResponseHeader("X-Refused") ? ofFragment(xhr) : null;
  const conflict = body?.querySelector("[data-conflict]");
  if (conflict) letChoose(section, conflict);
  else if (xhr.getResponseHeader("X-Refused") === "over") over(section, body);
  else if (elt.hasAttribute("data-asks-again") && isPassing(xhr.status)) return;
  else if (isButton) announce(body ? body.textContent.trim() : words.notDone, { isBad: true });
  else if (isPassing(xhr.status)) retryLater(section, xhr.status);
  else say(section, "bad", body ? body.textContent.trim() : words.refused);
  if (body && xhr.status === 403) say(section, "bad", body.textContent.trim());
}

function over(section, body) {
  failures.clear();
  say(section, "bad", body.textContent.trim());
  announceOver(words.over);
}

// --- two answers: the learner chooses -------------------------------------------------------------------------------

function letChoose(section, conflict) {
  const item = itemOf(section);
  if (followed.has(item)) {
    follow({ item, answer: JSON.parse(conflict.dataset.stored), id: conflict.dataset.responseId });
    return;
  }
  conflicts.add(item);
  failures.delete(item);
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
  conflicts.delete(itemOf(section));
  section.focus({ preventScroll: true });
  save(section);
  tellAll();
});

// What another tab saved, or this one while its next page was made. Saving the same again stores nothing, and brings
// the card up to date.
export function follow({ item, answer, id }) {
  const section = sectionOf(item);
  if (!section || conflicts.has(item) || Number(id) <= Number(baseOf(section))) return;
  if (isUnsaved(section) && !followed.has(item)) return; // the server will say so, and the learner choose
  followed.add(item);
  put(section, answer);
  setBase(section, id);
  save(section);
}

onTold("saved", follow);

// --- what the learner does ------------------------------------------------------------------------------------------

paper.addEventListener("change", (event) => {
  const section = event.target.closest(".question[data-item]");
  if (!section) return;
  followed.delete(itemOf(section));
  changed(section, 0);
});
paper.addEventListener("input", (event) => {
  const section = event.target.closest(".question[data-item]");
  if (!section || isBeingFilled() || !(event.target.type === "text" || event.target.type === "textarea")) return;
  followed.delete(itemOf(section));
  changed(section, TYPING_PAUSE_MS);
});
