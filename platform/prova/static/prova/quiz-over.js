// The attempt is over: what was kept on this device for it is not needed any more. What could never be saved is said once.
const over = `prova:attempt:${document.querySelector("[data-attempt-over]").dataset.attemptOver}:`;
const left = Object.keys(localStorage).filter((name) => name.startsWith(over));
const places = new Set(left.map((name) => JSON.parse(localStorage.getItem(name)).place).filter(Boolean));
if (places.size) {
  const notice = document.querySelector("#never-saved");
  notice.hidden = false;
  notice.querySelector("strong").textContent = [...places].sort((one, other) => one - other).join(", ");
}
for (const name of left) localStorage.removeItem(name);
