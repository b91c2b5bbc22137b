// What the server is told with a save (see prova/quizzes/saving.py), and what is done with its answer.

import { letChoose } from "./conflicts.js";
import * as drafts from "./drafts.js";
import { baseOf, given, itemOf, joined, paper, put, sectionOf, words } from "./fields.js";
import { changed, confirmAnswer, endAllTries, endTries, isUnsaved, retryLater, retryNow, say, tellAll } from "./saving.js";
import { announce, announceOver, count } from "./summary.js";
import { counterFor, isBehind, remember, tab, tell } from "./tabs.js";

const underWay = new Map(); // item -> the answer that was sent last
const listeners = []; // who wants to know of every reply

export const onReply = (listener) => listeners.push(listener);

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
  for (const listener of listeners) listener(xhr);
  if (!section && successful && carriesAnswer(elt)) checked(elt.closest("[data-item]"));
  else if (section && successful && carriesAnswer(elt)) took(section, xhr);
  else if (section && !successful) refused(section, elt, xhr);
  count();
  tellAll();
});

function took(section, xhr) {
  const item = itemOf(section);
  const sent = underWay.get(item);
  endTries(item);
  const isOvertaken = isBehind(item, Number(xhr.getResponseHeader("X-Tab-Counter") ?? 0));
  if (!isOvertaken) confirmAnswer(item, sent);
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
  endTries(itemOf(gone));
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
  endAllTries();
  say(section, "bad", body.textContent.trim());
  announceOver(words.over);
}
