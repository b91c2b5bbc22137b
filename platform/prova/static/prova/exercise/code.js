// What is typed: Ace over the text area, which stays the form's field. Works without: see _editor.html.

import { area, form, submit } from "./form.js";

const listeners = [];
export const onChange = (listener) => listeners.push(listener);

export const editor = globalThis.ace ? overlay(globalThis.ace) : null;
export const code = {
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
    for (const listener of listeners) listener();
  });
  return made;
}

function leave(ace) {
  if (ace.searchBox?.active) ace.searchBox.hide();
  else form.querySelector(".editor__submit").focus();
}
