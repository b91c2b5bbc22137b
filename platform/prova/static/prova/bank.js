// The list of questions by keyboard: / goes to the search, arrows from question to question. All of it works without.
const typing = (element) => element.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
const links = () => [...document.querySelectorAll(".bank-table__link")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const search = document.getElementById("q");
  if (event.key === "/" && search && !typing(event.target)) {
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = links();
  const at = all.indexOf(event.target.closest(".bank-table tr")?.querySelector(".bank-table__link"));
  if (at < 0 && !(event.target === search && step > 0)) return;
  const next = at + step < 0 ? search : all[Math.min(at + step, all.length - 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// Only what narrows stands in the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches(".bank-filters")) return;
  const asked = event.detail.formData;
  for (const name of new Set(asked.keys())) {
    if (!asked.get(name)) asked.delete(name);
  }
});
document.addEventListener("htmx:afterSettle", () => {
  const told = document.querySelector(".bank-table caption, #nothing p");
  document.getElementById("told").textContent = told?.textContent ?? "";
});
