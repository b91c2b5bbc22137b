// Taking a quiz: every answer is saved as it is given, kept on this device until it is, and sent again until it is in.
// Without this script the page is one form with a save button; htmx sends, this decides when and says how it went.

const paper = document.querySelector("#paper");
const words = paper.dataset;
const TYPING_PAUSE_MS = 700;
const LONGEST_WAIT_S = 30;
const PATIENCE_MS = 8000;

const sections = () => [...paper.querySelectorAll(".question[data-item]")];
const sectionOf = (item) => paper.querySelector(`.question[data-item="${item}"]`);
const itemOf = (section) => section.dataset.item;
// A question of several rows has several fields; a row of radio buttons is a name of its own: "item-7.1", "item-7.2".
const fields = (section) => [...section.querySelectorAll(`[name="item-${itemOf(section)}"], [name^="item-${itemOf(section)}."]`)];
// "item-7.x1" has a name of its own within the question; what it holds is sent and kept as "x1=0.25".
const partOf = (field) => /^item-\d+\.([a-z]\w*)$/.exec(field.name)?.[1];
const stateOf = (section) => section.querySelector(".save-state");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function given(section) {
  return fields(section)
    .filter((field) => field.type === "text" || field.type === "textarea" || field.matches("select") || field.checked)
    .filter((field) => field.value.trim())
    .map((field) => (partOf(field) ? `${partOf(field)}=` : "") + field.value.trim());
}

const savedHere = (section) => section.querySelector(`#was-${itemOf(section)}`).value;
const isUnsaved = (section) => given(section).join(" ") !== savedHere(section);

// --- kept on this device until saved ---------------------------------------------------------------------------

const drafts = {
  name: (section) => `prova:attempt:${words.attempt}:${itemOf(section)}`,
  keep(section) {
    try { localStorage.setItem(this.name(section), JSON.stringify({ given: given(section), at: Date.now() })); } catch { /* full or forbidden */ }
  },
  drop(section) {
    try { localStorage.removeItem(this.name(section)); } catch { /* forbidden */ }
  },
  read(section) {
    try { return JSON.parse(localStorage.getItem(this.name(section))); } catch { return null; }
  },
};

function restore(section) {
  const draft = drafts.read(section);
  if (!draft) return;
  const savedAt = Number(stateOf(section).dataset.savedAt ?? 0) * 1000;
  if (savedAt > draft.at) return drafts.drop(section);
  for (const field of fields(section)) {
    if (partOf(field)) field.value = draft.given.find((text) => text.startsWith(`${partOf(field)}=`))?.slice(partOf(field).length + 1) ?? "";
    else if (field.type === "text" || field.type === "textarea") field.value = draft.given[0] ?? "";
    else if (field.matches("select")) field.value = draft.given.find((value) => field.querySelector(`option[value="${CSS.escape(value)}"]`)) ?? "";
    else if (field.value === "") field.checked = !fields(section).some((other) => other.name === field.name && draft.given.includes(other.value));
    else field.checked = draft.given.includes(field.value);
  }
  if (isUnsaved(section)) save(section);
  else drafts.drop(section);
}

// --- saving -----------------------------------------------------------------------------------------------------

const waiting = new Map(); // item -> timer of the next try
const failures = new Map(); // item -> tries that failed in a row

function say(section, kind, text) {
  const state = stateOf(section);
  state.className = `save-state save-state--${kind}`;
  const message = document.createElement("span");
  message.textContent = text;
  state.replaceChildren(message);
}

function changed(section, pause) {
  if (!isUnsaved(section)) return; // back to what is saved; a request under way is checked when it ends
  drafts.keep(section);
  if (!failures.has(itemOf(section))) say(section, "saving", words.saving);
  plan(section, pause);
}

function plan(section, pause) {
  const item = itemOf(section);
  clearTimeout(waiting.get(item));
  waiting.set(item, setTimeout(() => save(sectionOf(item)), pause));
}

function save(section) {
  clearTimeout(waiting.get(itemOf(section)));
  waiting.delete(itemOf(section));
  say(section, "saving", failures.has(itemOf(section)) ? words.retryingNow : words.saving);
  htmx.trigger(section, "prova:save");
}

function retryLater(section, status) {
  const item = itemOf(section);
  const tries = (failures.get(item) ?? 0) + 1;
  failures.set(item, tries);
  const seconds = Math.ceil(Math.min(LONGEST_WAIT_S, 2 ** tries) * (0.75 + Math.random() / 2));
  say(section, "bad", status === 401 ? words.signedOut : fill(words.retrying, { seconds }));
  plan(section, seconds * 1000);
  summarise();
}

const isPassing = (status) => status === 0 || status === 401 || status === 403 || status === 408 || status === 429 || status >= 500;

paper.addEventListener("htmx:beforeSwap", (event) => {
  // The page says in words why an answer is refused: show them where the state is shown.
  if (event.detail.xhr.status === 409) event.detail.shouldSwap = true;
});

paper.addEventListener("htmx:afterRequest", (event) => {
  const source = event.detail.elt;
  const section = sectionOf(source.closest("[data-item]")?.dataset.item) ?? sectionOf(source.dataset?.item);
  const status = event.detail.xhr.status;
  if (source.hasAttribute("data-quiet")) {
    if (!event.detail.successful) document.querySelector("#summary").textContent = words.notDone;
    count();
    return;
  }
  if (!section) return;
  if (event.detail.successful) {
    failures.delete(itemOf(section));
    if (isUnsaved(section)) changed(section, 0);
    else drafts.drop(section);
  } else if (isPassing(status)) {
    retryLater(section, status);
  } else if (status === 409) {
    drafts.drop(section);
    failures.delete(itemOf(section));
  } else {
    say(section, "bad", words.refused);
  }
  count();
  summarise();
});

addEventListener("online", () => {
  for (const item of failures.keys()) save(sectionOf(item));
});

// Leaving at once: what is not sent yet goes out with the page.
addEventListener("pagehide", () => {
  for (const section of sections().filter(isUnsaved)) {
    const form = new FormData();
    for (const text of given(section)) form.append(`item-${itemOf(section)}`, text);
    form.append("csrfmiddlewaretoken", paper.elements.csrfmiddlewaretoken.value);
    fetch(section.getAttribute("hx-post"), { method: "POST", body: form, keepalive: true });
  }
});

paper.addEventListener("change", (event) => {
  const section = event.target.closest(".question");
  if (section) changed(section, 0);
});
paper.addEventListener("input", (event) => {
  const section = event.target.closest(".question");
  if (section && (event.target.type === "text" || event.target.type === "textarea")) changed(section, TYPING_PAUSE_MS);
});

// --- what the side says -----------------------------------------------------------------------------------------

function count() {
  const answered = paper.querySelectorAll(".place.is-answered").length;
  document.querySelector("#answered").textContent = answered;
  document.querySelector("#answered-bar").value = answered;
  markCurrent();
}

let wasFailing = false;
function summarise() {
  const isFailing = failures.size > 0;
  const summary = document.querySelector("#summary");
  summary.classList.toggle("summary--bad", isFailing);
  if (isFailing) summary.textContent = fill(words.someUnsaved, { count: failures.size });
  else if (wasFailing) summary.textContent = words.allSaved;
  wasFailing = isFailing;
}

// --- moving about -----------------------------------------------------------------------------------------------

const sectionAt = (position) => paper.querySelector(`.question[data-position="${position}"]`);
// On this page, or on another one that can be reached.
const isReached = (position) => paper.querySelector(`a.place[data-position="${position}"]`) !== null;
let here = Number(sections()[0]?.dataset.position ?? 1);

function markCurrent() {
  for (const section of sections()) section.classList.toggle("is-current", Number(section.dataset.position) === here);
  for (const place of paper.querySelectorAll(".place")) {
    if (Number(place.dataset.position) === here) place.setAttribute("aria-current", "step");
    else place.removeAttribute("aria-current");
  }
  document.querySelector("#here").textContent = here;
  document.querySelector("#previous").disabled = !isReached(here - 1);
  document.querySelector("#next").disabled = !isReached(here + 1);
}

function go(position) {
  if (!isReached(position)) return;
  const section = sectionAt(position);
  if (!section) { // on another page; what is not saved yet goes out when this one is left
    location.href = paper.querySelector(`a.place[data-position="${position}"]`).href;
    return;
  }
  here = position;
  markCurrent();
  section.focus({ preventScroll: true });
  section.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

paper.addEventListener("click", (event) => {
  const place = event.target.closest(".place");
  if (!place || !sectionAt(place.dataset.position)) return;
  event.preventDefault();
  go(Number(place.dataset.position));
});
paper.addEventListener("focusin", (event) => {
  const section = event.target.closest(".question");
  if (!section || Number(section.dataset.position) === here) return;
  here = Number(section.dataset.position);
  markCurrent();
});
document.querySelector("#previous").addEventListener("click", () => go(here - 1));
document.querySelector("#next").addEventListener("click", () => go(here + 1));

const shortcuts = document.querySelector("#shortcuts");
shortcuts.checked = localStorage.getItem("prova:shortcuts") !== "off";
shortcuts.addEventListener("change", () => localStorage.setItem("prova:shortcuts", shortcuts.checked ? "on" : "off"));

addEventListener("keydown", (event) => {
  if (event.target.matches("input[type=text]") && event.key === "Enter") {
    event.preventDefault();
    const section = event.target.closest(".question");
    if (isUnsaved(section)) save(section);
    return;
  }
  const isElsewhere = event.target.matches("input[type=text], textarea, select, summary") || event.target.closest(".site-header");
  if (!shortcuts.checked || isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
  const arrowsAreTaken = event.target.matches("input[type=radio]");
  const section = sectionAt(here);
  if (!section) return;
  if (event.key === "j" || (!arrowsAreTaken && event.key === "ArrowDown")) go(here + 1);
  else if (event.key === "k" || (!arrowsAreTaken && event.key === "ArrowUp")) go(here - 1);
  else if (event.key === "f") section.querySelector(".question__flag").click();
  else if (/^[1-9]$/.test(event.key)) choose(section, Number(event.key));
  else return;
  event.preventDefault();
});

// Digits choose within a row where the question has rows: the one that has the focus, else the first.
function choose(section, number) {
  const row = section.querySelector(".row:focus-within") ?? section.querySelector(".row");
  const field = fields(section).filter((each) => !row || row.contains(each))[number - 1];
  if (!field) return;
  field.focus();
  if (field.matches("input:not([type=text])")) field.click();
}

// --- the end ----------------------------------------------------------------------------------------------------

const unsaved = () => sections().filter(isUnsaved);

async function saveAll(patience) {
  for (const section of unsaved()) save(section);
  const until = Date.now() + patience;
  while (unsaved().length && Date.now() < until) await new Promise((wake) => setTimeout(wake, 100));
  return unsaved().length === 0;
}

paper.addEventListener("submit", async (event) => {
  if (event.submitter?.value !== "review") return;
  event.preventDefault();
  if (await saveAll(PATIENCE_MS)) location.href = words.review;
  else document.querySelector("#summary").textContent = fill(words.someUnsaved, { count: unsaved().length });
});

const timer = document.querySelector("#timer");
if (timer) {
  const end = Date.now() + Number(timer.dataset.secondsLeft) * 1000;
  const lateAt = Number(timer.dataset.lateAt);
  let isOver = false;
  const tick = async () => {
    const left = Math.max(Math.ceil((end - Date.now()) / 1000), 0);
    const text = clockText(left);
    timer.querySelector(".timer__time").textContent = text;
    if (left <= lateAt && !timer.classList.contains("timer--late")) {
      timer.classList.add("timer--late");
      document.querySelector("#summary").textContent = fill(words.late, { time: text });
    }
    if (left > 0 || isOver) return;
    isOver = true;
    document.querySelector("#summary").textContent = words.timeUp;
    await saveAll(3000);
    document.querySelector("#time-is-up").requestSubmit();
  };
  tick();
  setInterval(tick, 500);
}

function clockText(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, left] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(left)}` : `${minutes}:${two(left)}`;
}

const asked = /^#question-(\d+)$/.exec(location.hash);
if (asked && sectionAt(asked[1])) here = Number(asked[1]);
markCurrent();
// htmx listens from DOMContentLoaded on, and was here first.
document.addEventListener("DOMContentLoaded", () => sections().forEach(restore));
