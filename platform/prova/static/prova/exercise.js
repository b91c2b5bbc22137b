// The exercise page: a solution is submitted, and what the server answers is shown. The rest lies in exercise/.

import { code } from "./exercise/code.js";
import { forget, keep, restore } from "./exercise/draft.js";
import { isFileChosen } from "./exercise/files.js";
import { area, form, refuse, refused, say, submit, texts } from "./exercise/form.js";

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
      if (isFileChosen()) location.reload(); // the editor then shows the main file, and which files go with it
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

restore();
