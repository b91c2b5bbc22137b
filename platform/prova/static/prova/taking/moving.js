// From question to question: the list at the side, the bar at the bottom, and keys.

import { fields, paper } from "./fields.js";
import { isUnsaved, save } from "./saving.js";

const all = () => [...paper.querySelectorAll(".question[data-position]")];
const sectionAt = (position) => paper.querySelector(`.question[data-position="${position}"]`);
// On this page, or on another one that can be reached.
const isReached = (position) => paper.querySelector(`a.place[data-position="${position}"]`) !== null;
let here = Number(all()[0]?.dataset.position ?? 1);

// A section's heading belongs to the questions after it; where one question is seen at a time, to those alone.
function markSection() {
  let heading = null;
  for (const each of paper.querySelectorAll(".taking__section, .question[data-position]")) {
    if (each.matches(".taking__section")) (heading = each).classList.remove("is-current");
    else if (Number(each.dataset.position) === here) heading?.classList.add("is-current");
  }
}

export function markCurrent() {
  markSection();
  for (const section of all()) section.classList.toggle("is-current", Number(section.dataset.position) === here);
  for (const place of paper.querySelectorAll(".place")) {
    if (Number(place.dataset.position) === here) place.setAttribute("aria-current", "step");
    else place.removeAttribute("aria-current");
  }
  document.querySelector("#here").textContent = here;
  document.querySelector("#previous").disabled = !isReached(here - 1);
  document.querySelector("#next").disabled = !isReached(here + 1);
}

export function go(position) {
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
  const section = event.target.closest(".question[data-position]");
  if (!section || Number(section.dataset.position) === here) return;
  here = Number(section.dataset.position);
  markCurrent();
});
paper.addEventListener("htmx:afterRequest", markCurrent);
document.querySelector("#to-question")?.addEventListener("click", (event) => {
  event.preventDefault();
  go(here);
});
document.querySelector("#previous").addEventListener("click", () => go(here - 1));
document.querySelector("#next").addEventListener("click", () => go(here + 1));

// Another language or other colours load the page anew: with the same question.
for (const form of document.querySelectorAll("form[data-keeps-place]")) {
  form.addEventListener("submit", () => { form.elements.next.value = `${location.pathname}${location.search}#question-${here}`; });
}

const shortcuts = document.querySelector("#shortcuts");
shortcuts.checked = localStorage.getItem("prova:shortcuts") !== "off";
shortcuts.addEventListener("change", () => localStorage.setItem("prova:shortcuts", shortcuts.checked ? "on" : "off"));

addEventListener("keydown", (event) => {
  if (event.target.matches("#paper input[type=text]") && event.key === "Enter") {
    event.preventDefault();
    const section = event.target.closest(".question[data-item]");
    if (section && isUnsaved(section)) save(section);
    return;
  }
  const isElsewhere = event.target.matches("input[type=text], textarea, select, summary") || event.target.closest(".site-header");
  if (!shortcuts.checked || isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
  const arrowsAreTaken = event.target.matches("input[type=radio]");
  const section = sectionAt(here);
  if (!section) return;
  if (event.key === "j" || (!arrowsAreTaken && event.key === "ArrowDown")) go(here + 1);
  else if (event.key === "k" || (!arrowsAreTaken && event.key === "ArrowUp")) go(here - 1);
  else if (event.key === "f") section.querySelector(".question__flag")?.click();
  else if (/^[1-9]$/.test(event.key) && section.dataset.item) choose(section, Number(event.key));
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

const asked = /^#question-(\d+)$/.exec(location.hash);
if (asked && sectionAt(asked[1])) here = Number(asked[1]);
markCurrent();
