// A page comes and goes: what was left on this device is taken up again, and what is not saved goes out with the page.

import { follow } from "./conflicts.js";
import * as drafts from "./drafts.js";
import { baseOf, given, itemOf, joined, put, sections, setBase, storedOf, token } from "./fields.js";
import { changed, isHeld, isUnsaved, isWaiting, retryNow, saveTyped, unsaved } from "./saving.js";
import { counterFor, handedOn, handOn, othersOpen, tab } from "./tabs.js";

// --- what was left --------------------------------------------------------------------------------------------------

function restore(section, draft) {
  if (!draft || !Array.isArray(draft.given)) return;
  if (joined(draft.given) === storedOf(section)) {
    drafts.drop(section);
    return;
  }
  put(section, draft.given);
  // Based on an older answer than the page shows: the server says so, and the learner chooses.
  setBase(section, draft.base);
  changed(section, 0);
}

export async function restoreAll() {
  handedOn.forEach(follow);
  const mine = new Set();
  for (const section of sections()) {
    const draft = drafts.own(section);
    if (draft) mine.add(itemOf(section));
    restore(section, draft);
  }
  const open = await othersOpen();
  for (const section of sections()) {
    if (mine.has(itemOf(section))) continue;
    if (!isUnsaved(section)) restore(section, drafts.orphan(section, open));
    else if (!isWaiting(section)) changed(section, 0); // answered before this script was there
  }
}

// --- leaving --------------------------------------------------------------------------------------------------------

function sendWithThePage(section) {
  const form = new FormData();
  const answer = given(section);
  for (const text of answer) form.append(`item-${itemOf(section)}`, text);
  const known = { base: baseOf(section), tab, counter: counterFor(itemOf(section), joined(answer)), csrfmiddlewaretoken: token() };
  for (const [name, value] of Object.entries(known)) form.append(name, value);
  // More than 64 KB do not go out this way; they are kept on this device, and sent when the page is opened again.
  fetch(section.getAttribute("hx-post"), { method: "POST", body: form, keepalive: true }).catch(() => {});
}

let isOld = false; // shown again by the Back button: others have counted on since
addEventListener("pagehide", () => {
  if (isOld) return;
  for (const section of unsaved()) {
    drafts.keep(section);
    if (!isHeld(section)) sendWithThePage(section);
  }
  handOn();
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  isOld = true;
  location.reload();
});

// A phone may end a page that is not seen without saying goodbye.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveTyped();
  else retryNow();
});
addEventListener("online", retryNow);
addEventListener("focus", retryNow);
