// Long answers: counts words as they are typed, and keeps the indentation of code.

function count(area) {
  const output = document.getElementById(area.dataset.words);
  if (!output) return;
  const words = area.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  output.textContent = (words === 1 ? output.dataset.one : output.dataset.many).replace("{n}", words);
  output.classList.toggle("text-field__count--over", Boolean(area.dataset.most) && words > Number(area.dataset.most));
}

const countAll = (root) => root.querySelectorAll("textarea[data-words]").forEach(count);

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-words]")) count(event.target);
});
document.addEventListener("htmx:afterSwap", () => countAll(document));

document.addEventListener("keydown", (event) => {
  const area = event.target;
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || !area.matches("textarea[data-code]")) return;
  const line = area.value.slice(0, area.selectionStart).split("\n").at(-1);
  const indent = /^[ \t]*/.exec(line)[0] + (line.trimEnd().endsWith(":") ? "    " : "");
  if (!indent) return;
  event.preventDefault();
  // The only way to insert text that Ctrl+Z takes back.
  document.execCommand("insertText", false, `\n${indent}`);
});

countAll(document);
