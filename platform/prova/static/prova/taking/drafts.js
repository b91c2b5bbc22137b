// Answers kept on this device until they are saved, each with the stored answer it started from.

import { baseOf, given, itemOf, words } from "./fields.js";
import { tab } from "./tabs.js";

const PREFIX = `prova:attempt:${words.attempt}:`;
const nameOf = (item, owner) => `${PREFIX}${item}:${owner}`;
const adopted = new Map(); // item -> name of a closed tab's draft that is shown here

export function keep(section) {
  const draft = { given: given(section), base: baseOf(section), place: section.dataset.position, at: Date.now() };
  try { localStorage.setItem(nameOf(itemOf(section), tab), JSON.stringify(draft)); } catch { /* full or forbidden */ }
}

export function drop(section) {
  const item = itemOf(section);
  try {
    localStorage.removeItem(nameOf(item, tab));
    if (adopted.has(item)) localStorage.removeItem(adopted.get(item));
  } catch { /* forbidden */ }
  adopted.delete(item);
}

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

export const own = (section) => read(nameOf(itemOf(section), tab));

// The newest draft of this question that no open tab takes care of.
export function orphan(section, open) {
  const item = itemOf(section);
  const names = Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${item}:`) && !open.has(name.split(":").at(-1)));
  const drafts = names.map((name) => ({ name, ...read(name) })).filter((draft) => Array.isArray(draft.given));
  const [newest] = drafts.sort((one, other) => other.at - one.at);
  if (newest) adopted.set(item, newest.name);
  return newest;
}
