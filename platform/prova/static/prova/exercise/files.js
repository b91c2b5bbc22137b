// Files that are handed in: chosen, or dropped on the editor.

import { code, editor } from "./code.js";
import { form, refuse, refused, say, texts } from "./form.js";

const starter = form.querySelector(".editor__starter-text").content.textContent;
const picker = Object.assign(document.createElement("input"), { type: "file", accept: ".py,.zip,.ipynb" });
picker.addEventListener("change", () => open(picker.files[0]));
form.querySelector(".editor__choose").addEventListener("click", () => {
  picker.value = "";
  picker.click();
});
form.querySelector(".editor__starter").addEventListener("click", () => {
  code.set(starter.trimStart());
  say(texts.textStarter);
  editor?.focus();
});

// With a script, a Python file goes through the editor, so that one sees what is sent; archives and notebooks go as they are.
const field = form.elements.file;
const chosen = form.querySelector(".editor__chosen");
const nothing = new DataTransfer().files;
const wholeFile = /\.(zip|ipynb)$/i;
field.disabled = true;
export const isFileChosen = () => !field.disabled;
form.querySelector(".editor__unchoose").addEventListener("click", () => {
  choose(null);
  editor?.resize(true); // it was hidden
  editor?.focus();
});

function choose(file) {
  const list = new DataTransfer();
  if (file) list.items.add(file);
  field.files = file ? list.files : nothing;
  field.disabled = !file;
  chosen.hidden = !file;
  chosen.querySelector(".editor__chosen-text").textContent = file ? texts.textChosen.replace("{name}", () => file.name) : "";
  form.classList.toggle("editor--has-file", Boolean(file));
  refused.replaceChildren();
}

async function open(file) {
  if (!file) return;
  const isWhole = wholeFile.test(file.name);
  if (!isWhole && !/\.py$/i.test(file.name)) return refuse(texts.textOtherKind);
  if (file.size > Number(isWhole ? texts.maxUploadBytes : texts.maxBytes)) return refuse(texts.textTooBig);
  if (isWhole) {
    choose(file);
    form.querySelector(".editor__submit").focus();
    return;
  }
  choose(null);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    code.set(text);
    refused.replaceChildren();
    say(texts.textDropped.replace("{name}", () => file.name));
  } catch {
    refuse(texts.textNotText);
  }
}

const frame = form.querySelector(".editor__frame");
const drop = form.querySelector(".editor__drop");
const hasFile = (event) => event.dataTransfer?.types.includes("Files");
for (const [kind, shown] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  frame.addEventListener(kind, (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    event.stopPropagation();
    drop.hidden = !(shown || (kind === "dragleave" && frame.contains(event.relatedTarget)));
    if (kind !== "drop") return;
    if (event.dataTransfer.files.length > 1) refuse(texts.textSeveral);
    else open(event.dataTransfer.files[0]);
  }, true);
}
