// Marking by keyboard: digits choose the level of the current criterion, Enter marks and goes on.

const form = document.querySelector("#marking");
const criteria = [...form.querySelectorAll(".marking__criterion")];
const isChosen = (criterion) => criterion.querySelector("input:checked") !== null;
const comment = form.querySelector("#comment");

function current() {
  const focused = criteria.find((criterion) => criterion.contains(document.activeElement));
  return focused ?? criteria.find((criterion) => !isChosen(criterion)) ?? criteria.at(-1);
}

function choose(number) {
  const criterion = current();
  const level = criterion.querySelectorAll("input")[number - 1];
  if (!level) return;
  level.checked = true;
  const next = criteria.slice(criteria.indexOf(criterion) + 1).find((each) => !isChosen(each));
  if (next) next.querySelector("input").focus();
  else form.querySelector("button").focus();
}

addEventListener("keydown", (event) => {
  const isWriting = event.target.matches("textarea, input:not([type=radio]), select");
  if (event.key === "Enter" && event.target === comment && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  else if (isWriting || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(".site-header")) return;
  else if (/^[1-9]$/.test(event.key)) choose(Number(event.key));
  else if (event.key === "Enter" && !event.target.matches("a, button, summary")) form.requestSubmit();
  else if (event.key === "c") comment.focus();
  else if (event.key === "n") document.querySelector("#skip")?.click();
  else return;
  event.preventDefault();
});
