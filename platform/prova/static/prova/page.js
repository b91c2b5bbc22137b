// What every page does with a script and can do without: the person's time zone, menus that close, the reading place.
document.documentElement.classList.add("scripted");
// Of a quiz only the current question is shown. Where the script that says which one never came, all are shown and
// the form is sent as without scripts: a lost file must not hide an exam.
addEventListener("load", () => {
  const hidden = document.querySelector(".question[data-position]") && !document.querySelector(".question.is-current");
  if (hidden) document.documentElement.classList.remove("scripted");
});

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.split("; ").includes(`timezone=${zone}`)) {
  document.cookie = `timezone=${zone}; path=/; max-age=31536000; samesite=lax`;
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Changing language or colours loads the same page anew: stay where the person was reading.
const PLACE = "prova:place";
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-keeps-place]")) {
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollY]));
  }
});
const [path, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
sessionStorage.removeItem(PLACE);
if (path === location.pathname) scrollTo(0, top);

// Signing in anew in another tab changes the token that forms and htmx send: take the newest.
document.addEventListener("htmx:configRequest", (event) => {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  if (token) event.detail.headers["X-CSRFToken"] = token[1];
});

// What scrolls sideways (a wide table, a long formula) must be reachable by keyboard.
const reachable = () => {
  for (const box of document.querySelectorAll(".prose, .prose pre, .option__text")) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
  }
};
reachable();
addEventListener("resize", reachable);
document.addEventListener("htmx:afterSettle", reachable);
