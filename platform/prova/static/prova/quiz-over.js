// The attempt is over: what was kept on this device for it is not needed any more.
const over = `prova:attempt:${document.querySelector("[data-attempt-over]").dataset.attemptOver}:`;
for (const name of Object.keys(localStorage)) {
  if (name.startsWith(over)) localStorage.removeItem(name);
}
