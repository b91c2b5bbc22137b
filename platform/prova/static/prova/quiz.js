// Taking a quiz. Without this script the page is one form with a save button.

import { startClock } from "./taking/clock.js";
import { fill, paper, token, words } from "./taking/fields.js";
import { restoreAll } from "./taking/leaving.js";
import "./taking/moving.js";
import { saveAll } from "./taking/saving.js";
import { announce } from "./taking/summary.js";

const PATIENCE_MS = 8000;
const NOTICEABLE_MS = 300; // until then nobody wonders whether the button was pressed

// Whatever leaves the page waits until everything is saved: where there is no way back it could not be saved later.
let mayLeave = false;
paper.addEventListener("submit", async (event) => {
  if (mayLeave) return;
  event.preventDefault();
  const button = event.submitter;
  const said = button?.textContent;
  const waits = setTimeout(() => button && (button.textContent = words.saving), NOTICEABLE_MS);
  const isSaved = await saveAll(PATIENCE_MS);
  clearTimeout(waits);
  if (button?.textContent === words.saving) button.textContent = said;
  if (isSaved) {
    await new Promise((wake) => setTimeout(wake)); // a form that is being submitted cannot be submitted
    mayLeave = true;
    paper.elements.csrfmiddlewaretoken.value = token();
    if (button?.value === "review") location.href = words.review;
    else paper.requestSubmit(button);
    mayLeave = false;
  } else announce(fill(words.stay, {}), { isBad: true });
});

startClock();
// htmx listens from DOMContentLoaded on, and was here first.
document.addEventListener("DOMContentLoaded", restoreAll);
