// Who this page is. Every open page has a name of its own and counts its saves, so that the server can tell a retry
// and requests that overtake each other from another tab's answer. Tabs of one browser also tell each other.

import { words } from "./fields.js";

// A page hands its name on to the next one in the same tab. It lies there only between two pages: a tab that is
// duplicated finds nothing and takes a new name.
const BATON = `prova:tab:${words.attempt}`;

function taken() {
  try {
    const baton = JSON.parse(sessionStorage.getItem(BATON));
    sessionStorage.removeItem(BATON);
    return baton;
  } catch { return null; }
}

// crypto.randomUUID is missing where a site is reached without TLS.
const newName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const baton = taken();
export const tab = baton?.tab ?? newName();
const counters = new Map(Object.entries(baton?.counters ?? {}));
const sent = new Map(); // item -> the answer that its counter was used for

// The same answer sent again keeps its number, so that the server sees a retry.
export function counterFor(item, answer) {
  if (sent.get(item) !== answer) {
    sent.set(item, answer);
    counters.set(item, (counters.get(item) ?? 0) + 1);
  }
  return counters.get(item);
}

// True: the server knows a later save of this name, so that this page has to count on from there.
export function isBehind(item, counter) {
  if (counter <= (counters.get(item) ?? 0)) return false;
  counters.set(item, counter);
  sent.delete(item);
  return true;
}

// What was saved while the next page was made already is not in it.
const JUST_NOW_MS = 20_000;
const saves = new Map(); // item -> {item, answer, id, at}
export const remember = (item, answer, id) => saves.set(item, { item, answer, id, at: performance.now() });
export const handedOn = baton?.saves ?? [];

export function handOn() {
  const recent = [...saves.values()].filter((save) => performance.now() - save.at < JUST_NOW_MS);
  try { sessionStorage.setItem(BATON, JSON.stringify({ tab, counters: Object.fromEntries(counters), saves: recent })); } catch { /* forbidden */ }
}

// --- the other tabs of this browser ---------------------------------------------------------------------------------

const ANSWER_MS = 300;
const channel = "BroadcastChannel" in window ? new BroadcastChannel(`prova:attempt:${words.attempt}`) : null;
const heard = new Set();
const listeners = new Map();

export const tell = (kind, values = {}) => channel?.postMessage({ kind, tab, ...values });
export const onTold = (kind, listener) => listeners.set(kind, listener);
export const isOfThisBrowser = (name) => heard.has(name);

channel?.addEventListener("message", ({ data }) => {
  heard.add(data.tab);
  if (data.kind === "hello") tell("here");
  listeners.get(data.kind)?.(data);
});

// A lock is held for as long as the page is there, however busy the device is. Browsers have locks only where the site
// is reached over TLS or on the same machine.
const LOCK = `prova:open:${words.attempt}:`;
navigator.locks?.request(LOCK + tab, () => new Promise(() => {}));

// The tabs that are open now; without locks a tab that sleeps may be missing, and is told by the server when it wakes up.
export async function othersOpen() {
  tell("hello");
  if (navigator.locks) {
    const { held } = await navigator.locks.query();
    return new Set(held.filter(({ name }) => name.startsWith(LOCK)).map(({ name }) => name.slice(LOCK.length)));
  }
  if (channel) await new Promise((wake) => setTimeout(wake, ANSWER_MS));
  return heard;
}
