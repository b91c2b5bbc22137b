// The editor with a script: checks and preview while one types, saving by itself, keys, a warning before text is lost.
const form = document.getElementById("editor");
const live = document.getElementById("live");
const state = document.getElementById("save-state");
const LIVE_AFTER_MS = 600;
const SAVE_AFTER_MS = 5000;
const RETRY_AFTER_MS = 10000;

let liveTimer = 0;
let saveTimer = 0;
let changes = 0; // counted, so that a save knows whether something was typed while it was under way
let saved = 0;
let isSaving = false;
let isLeaving = false;
let mustDecide = false; // somebody else saved: only the person may go on

const say = (text, kind = "") => {
  state.className = `save-state${kind ? ` save-state--${kind}` : ""}`;
  state.firstElementChild.textContent = text;
};
const isDirty = () => changes !== saved;

function changed() {
  changes += 1;
  if (!mustDecide) say(form.dataset.unsaved);
  clearTimeout(liveTimer);
  liveTimer = setTimeout(look, LIVE_AFTER_MS);
  clearTimeout(saveTimer);
  saveTimer = setTimeout(() => save(true), SAVE_AFTER_MS);
}
const look = () => live.dispatchEvent(new CustomEvent("prova:live"));

async function save(isAutomatic) {
  clearTimeout(saveTimer);
  if (mustDecide || (isAutomatic && !isDirty())) return;
  if (isSaving) {
    saveTimer = setTimeout(() => save(isAutomatic), 500);
    return;
  }
  isSaving = true;
  const count = changes;
  const body = new FormData(form);
  body.delete("then");
  if (isAutomatic) body.set("automatic", "on");
  say(form.dataset.saving, "saving");
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, signal: AbortSignal.timeout(10000) });
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    const told = await answer.json();
    if (answer.status === 409) {
      mustDecide = true;
      say(told.problem, "bad");
      return;
    }
    form.elements["draft-revision"].value = told.revision;
    saved = count;
    if (isDirty()) changed();
    else say(told.said, "saved");
    if (!isAutomatic) look();
  } catch {
    say(form.dataset.lost, "bad");
    saveTimer = setTimeout(() => save(isAutomatic), RETRY_AFTER_MS);
  } finally {
    isSaving = false;
  }
}

// What the checks say, at the fields they speak of.
function distribute() {
  const said = new Map();
  for (const item of live.querySelectorAll("[data-field]")) {
    const list = said.get(item.dataset.field) ?? [];
    list.push(item);
    said.set(item.dataset.field, list);
  }
  for (const box of form.querySelectorAll("[data-says]")) {
    const remarks = said.get(box.dataset.says) ?? [];
    const hasErrors = remarks.some((item) => item.dataset.kind === "error");
    box.replaceChildren(...remarks.map(remark));
    const field = document.getElementById(box.dataset.says);
    if (hasErrors) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
}
function remark(item) {
  const line = document.createElement("p");
  const isError = item.dataset.kind === "error";
  line.className = `remark${isError ? " remark--error" : ""}`;
  line.textContent = `${isError ? "✗" : "⚠"} ${item.dataset.message}`;
  return line;
}

function goTo(id) {
  const field = document.getElementById(id);
  if (!field) return;
  for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const cell = field.closest("[data-language]");
  if (cell?.hidden) show(cell.dataset.language, true);
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
}
function nextProblem(step) {
  const ids = [...new Set([...live.querySelectorAll("[data-field]")].map((each) => each.dataset.field).filter(Boolean))];
  const fields = ids.map((id) => document.getElementById(id)).filter(Boolean);
  fields.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  if (!fields.length) return;
  const at = fields.indexOf(document.activeElement);
  goTo(fields[(at + step + fields.length) % fields.length].id);
}

// Which languages stand side by side; on a phone one at a time to begin with.
const switches = [...document.querySelectorAll("[data-shows]")];
function show(code, isShown) {
  const button = switches.find((each) => each.dataset.shows === code);
  button?.setAttribute("aria-pressed", String(isShown));
  for (const cell of form.querySelectorAll(".field[data-language]")) {
    if (cell.dataset.language === code) cell.hidden = !isShown;
  }
}
for (const button of switches) {
  button.addEventListener("click", () => {
    const isShown = button.getAttribute("aria-pressed") !== "true";
    const isOnly = !isShown && switches.filter((each) => each.getAttribute("aria-pressed") === "true").length === 1;
    if (!isOnly) show(button.dataset.shows, isShown);
  });
}

form.addEventListener("input", changed);
form.addEventListener("submit", () => {
  isLeaving = true;
});
addEventListener("pageshow", () => {
  isLeaving = false;
});
addEventListener("beforeunload", (event) => {
  if (isDirty() && !isLeaving) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && isDirty()) save(true);
});
// When the variants that were waited for have come, the preview and the checks can use them.
let isDrawing = false;
live.addEventListener("htmx:afterSettle", () => {
  distribute();
  const wasDrawing = isDrawing;
  isDrawing = live.querySelector("#drawn-variants[hx-get]") !== null;
  if (wasDrawing && !isDrawing) look();
});
isDrawing = live.querySelector("#drawn-variants[hx-get]") !== null;
live.addEventListener("click", (event) => {
  const link = event.target.closest('a[href*="#f-"]');
  if (!link) return;
  event.preventDefault();
  goTo(link.hash.slice(1));
});
document.addEventListener("keydown", (event) => {
  const withControl = event.ctrlKey || event.metaKey;
  if (withControl && event.key.toLowerCase() === "s") {
    event.preventDefault();
    if (mustDecide) form.requestSubmit(form.querySelector('.bar [value="save"]'));
    else save(false);
  } else if (withControl && event.key === "Enter") {
    event.preventDefault();
    if (live.contains(document.activeElement)) {
      document.getElementById(live.dataset.from)?.focus();
    } else {
      live.dataset.from = document.activeElement.id;
      look();
      live.focus();
      live.scrollIntoView({ block: "nearest" });
    }
  } else if (event.key === "F8") {
    event.preventDefault();
    nextProblem(event.shiftKey ? -1 : 1);
  }
});
form.querySelector('.bar [value="preview"]').addEventListener("click", (event) => {
  event.preventDefault();
  live.dataset.from = event.currentTarget.id;
  look();
  live.focus();
  live.scrollIntoView({ block: "start" });
});

if (form.hasAttribute("data-is-changed")) changed();
if (location.hash.startsWith("#f-")) goTo(location.hash.slice(1));
if (matchMedia("(max-width: 44rem)").matches) for (const button of switches.slice(1)) show(button.dataset.shows, false);
