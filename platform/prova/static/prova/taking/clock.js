// The time left. Only the server's clock counts: the page is told how many seconds are left, when it is loaded, with
// every save and every half minute, and counts them down with a clock that nobody can set.

import { fill, token, words } from "./fields.js";
import { onReply } from "./replies.js";
import { retryNow, saveAll } from "./saving.js";
import { announce, announceOver, announceSignedOut, isPaperOver } from "./summary.js";

const BEAT_S = 30;
const BEAT_WITHOUT_LIMIT_S = 120;
const NOTICEABLE_S = 5; // less is the way that replies take
const LAST_SAVES_MS = 3000;
const TRY_AGAIN_MS = 2000;

const timer = document.querySelector("#timer");
const inBar = document.querySelector("#time-in-bar");
let end = null; // on the clock of performance.now(); null: no limit
let lateAt = 0;
let isEnding = false;
let isLost = false;

const left = () => Math.max(Math.ceil((end - performance.now()) / 1000), 0);
const wait = (pause_ms) => new Promise((wake) => setTimeout(wake, pause_ms));

function set(seconds, late) {
  const before = end;
  end = seconds === null ? null : performance.now() + seconds * 1000;
  lateAt = late ?? lateAt;
  timer.hidden = end === null;
  if (before !== null && end !== null && end - before > NOTICEABLE_S * 1000) announce(fill(words.moreTime, { time: clockText(left()) }));
  tick();
}

export function clockText(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function tick() {
  if (end === null) return;
  timer.querySelector(".timer__time").textContent = clockText(left());
  const isLate = left() <= lateAt;
  if (isLate && !timer.classList.contains("timer--late")) announce(fill(words.late, { time: clockText(left()) }));
  timer.classList.toggle("timer--late", isLate);
  inBar.textContent = clockText(left());
  inBar.classList.toggle("taking__time--late", isLate);
  if (left() === 0 && !isEnding && !isPaperOver()) finish();
}

// What the server says of this attempt; null where it cannot be reached or does not know us now.
async function ask() {
  try {
    const reply = await fetch(words.time, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
    if (reply.status === 401) return { isSignedOut: true };
    return reply.ok ? await reply.json() : null;
  } catch { return null; }
}

async function beat() {
  const told = await ask();
  if (!told) {
    if (!isLost) announce(words.lost, { isBad: true });
    isLost = true;
    return null;
  }
  if (isLost) {
    announce(words.found);
    retryNow();
  }
  isLost = false;
  if (told.isSignedOut) announceSignedOut();
  else if (!told.is_open) ended();
  else set(told.seconds_left, told.late_at);
  return told;
}

async function ended() {
  if (await saveAll(0)) location.href = words.result;
  else announceOver(words.over);
}

// The time is up for this page. The server decides: perhaps somebody has given more time meanwhile.
async function finish() {
  isEnding = true;
  announce(words.timeUp);
  await saveAll(LAST_SAVES_MS);
  let told;
  while (!(told = await ask()) || told.isSignedOut) {
    if (told) announceSignedOut();
    else announce(words.timeUpLost, { isBad: true });
    await wait(TRY_AGAIN_MS);
    retryNow();
  }
  if (!told.is_open) return ended();
  if (told.seconds_left > 0) {
    isEnding = false;
    return set(told.seconds_left, told.late_at);
  }
  const form = document.querySelector("#time-is-up");
  form.elements.csrfmiddlewaretoken.value = token();
  form.requestSubmit();
}

onReply((xhr) => {
  const seconds = xhr.getResponseHeader("X-Seconds-Left");
  if (seconds !== null && !isEnding) set(Number(seconds));
});

async function keepBeating() {
  for (;;) {
    const pause_s = end === null ? BEAT_WITHOUT_LIMIT_S : Math.min(BEAT_S, Math.max(left() / 2, 5));
    await wait(pause_s * 1000 * (0.8 + Math.random() * 0.4)); // not everybody at once
    if (!isEnding && !isPaperOver() && !document.hidden) await beat();
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !isEnding && !isPaperOver()) beat();
});

export function startClock() {
  const { secondsLeft, lateAt: late } = timer.dataset;
  set(secondsLeft ? Number(secondsLeft) : null, Number(late ?? 0));
  setInterval(tick, 500);
  keepBeating();
}
