// Questions of a quiz can be dragged to their place; the arrows beside them do the same without a mouse.
// The rules of a quiz use only the end of it.

let dragged = null;

const lineOf = (event) => event.target.closest?.(".builder-line");
const clear = () => document.querySelectorAll(".is-target").forEach((line) => line.classList.remove("is-target"));

function prepare() {
  for (const line of document.querySelectorAll(".builder-line:has(.builder-line__fields)")) line.draggable = true;
}

addEventListener("dragstart", (event) => {
  dragged = event.target.matches?.(".builder-line") ? event.target : null;
  dragged?.classList.add("is-dragged");
});
addEventListener("dragover", (event) => {
  if (!dragged || !event.target.closest?.(".builder-section")) return;
  event.preventDefault();
  clear();
  lineOf(event)?.classList.add("is-target");
});
addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  clear();
  dragged = null;
});
addEventListener("drop", (event) => {
  const section = event.target.closest?.(".builder-section");
  if (!dragged || !section) return;
  event.preventDefault();
  const lines = [...section.querySelectorAll(".builder-line[data-key]")].filter((line) => line !== dragged);
  const before = lineOf(event);
  const index = before && before !== dragged ? lines.indexOf(before) : lines.length;
  const board = document.querySelector("#board");
  const button = document.createElement("button");
  button.name = "do";
  button.value = `move:${dragged.dataset.key}:${section.dataset.section}:${index}`;
  button.hidden = true;
  board.append(button);
  board.requestSubmit(button);
});

// What was typed and not saved yet is not lost by a link.
let isTyped = false;
addEventListener("input", (event) => (isTyped ||= event.target.form?.id === "board" && !event.target.closest("#find-questions")));
addEventListener("submit", () => (isTyped = false));
addEventListener("beforeunload", (event) => isTyped && event.preventDefault());

prepare();
