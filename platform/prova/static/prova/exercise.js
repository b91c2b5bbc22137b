// The exercise page: Ace over the text area, which stays the form's field; drafts, files, keys. Works without: see _editor.html.
const form = document.getElementById("solution-form");
const area = form.elements.source;
const note = form.querySelector(".editor__note");
const refused = document.getElementById("refused");
const starter = form.querySelector(".editor__starter-text").content.textContent;
const texts = form.dataset;

const editor = globalThis.ace ? overlay(globalThis.ace) : null;
const code = {
  get: () => (editor ? editor.getValue() : area.value),
  set(text) {
    if (editor) {
      // Through the session, so that undo brings the old text back.
      editor.session.doc.setValue(text);
      editor.clearSelection();
      editor.gotoLine(1);
    } else {
      area.value = text;
      area.dispatchEvent(new Event("input"));
    }
  },
};

function overlay(ace) {
  ace.config.set("useStrictCSP", true); // its style sheet is linked by the page
  const host = form.querySelector(".editor__ace");
  host.hidden = false;
  const made = ace.edit(host, {
    mode: "ace/mode/python",
    theme: { cssClass: "ace-prova", isDark: false, cssText: "" }, // colours are the page's roles: exercise.css
    value: area.value,
    fontSize: "0.9375rem",
    tabSize: 4,
    useSoftTabs: true,
    useWorker: false,
    minLines: 16,
    maxLines: 34,
    showPrintMargin: false,
    highlightGutterLine: true,
    enableKeyboardAccessibility: true,
    scrollPastEnd: 0,
  });
  area.classList.add("editor__covered");
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");
  const input = made.textInput.getElement();
  input.setAttribute("aria-label", form.querySelector("label[for=source]").textContent);
  input.setAttribute("aria-describedby", "editor-help");
  made.commands.addCommand({ name: "submit", bindKey: { win: "Ctrl-Enter", mac: "Command-Enter" }, exec: submit });
  made.commands.addCommand({ name: "leave", bindKey: "Esc", exec: leave });
  made.session.on("change", () => {
    area.value = made.getValue();
    keepSoon();
  });
  return made;
}

function leave(ace) {
  if (ace.searchBox?.active) ace.searchBox.hide();
  else form.querySelector(".editor__submit").focus();
}

// ---- submitting

function submit() {
  if (!form.querySelector(".editor__submit").disabled) form.requestSubmit();
}
area.addEventListener("input", keepSoon);
area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit();
  }
});
form.addEventListener("submit", () => {
  area.value = code.get();
  keep();
}, true);

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (detail.requestConfig?.elt !== form) return;
  if (detail.xhr.status === 422) {
    detail.shouldSwap = true;
    detail.isError = false;
    detail.target = refused;
    detail.swapOverride = "innerHTML";
  } else if (detail.shouldSwap) {
    refused.replaceChildren();
    delete texts.fileName;
  }
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  const { detail } = event;
  if (detail.elt !== form) return;
  // Not `successful`: for a refusal that is swapped in, it is true.
  if (detail.xhr.status > 0 && detail.xhr.status < 400) {
    // Sent to the sign-in page instead: the draft is still needed.
    if (!detail.xhr.getResponseHeader("HX-Redirect")) {
      forget();
      if (!field.disabled) location.reload(); // the editor then shows the main file, and which files go with it
    }
  } else if (detail.xhr.status === 400 || detail.xhr.status === 413) refuse(texts.textTooBig);
  else if (detail.xhr.status !== 422) say(texts.textLost);
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.requestConfig?.elt !== form || event.detail.target === refused) return;
  const verdict = document.getElementById("verdict");
  if (verdict.getBoundingClientRect().top > innerHeight * 0.8) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.getElementById("result").scrollIntoView({ behavior: calm ? "auto" : "smooth" });
  }
});

// ---- the draft: what is typed stays in this browser until it is submitted

let timer = 0;
function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    keep();
    say(texts.textDraft);
  }, 600);
}
function keep() {
  try {
    localStorage.setItem(texts.draft, JSON.stringify({ code: code.get(), after: texts.stored }));
  } catch {
    // No room or not allowed: the text is still on the page.
  }
}
function forget() {
  clearTimeout(timer);
  localStorage.removeItem(texts.draft);
  say("");
}
function restore() {
  let draft = null;
  try {
    draft = JSON.parse(localStorage.getItem(texts.draft) ?? "null");
  } catch {
    return;
  }
  if (draft && draft.code !== code.get()) {
    code.set(draft.code);
    clearTimeout(timer);
    say(texts.textRestored);
  }
}
function say(text) {
  if (note.textContent !== text) note.textContent = text;
}

// ---- files

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
function refuse(sentence) {
  const box = Object.assign(document.createElement("p"), { className: "callout callout--warn", textContent: sentence });
  refused.replaceChildren(box);
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

restore();
