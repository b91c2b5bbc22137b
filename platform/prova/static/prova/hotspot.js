// Marking points on a picture: by pointer, or with a crosshair moved by the arrow keys. The two numbers of every point
// stay fields of the form; this only writes them and shows where they lie. quiz.js saves them as any other field.

const STEP = 4; // units of the view box, about one percent
const LARGE_STEP = 40;
const NEAR = 20;
const QUIET_MS = 400; // the crosshair's place is said when it rests

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const spotOf = (element) => element.closest("[data-hotspot]");
const picture = (spot) => spot.querySelector(".hotspot__picture");
const frameOf = (spot) => JSON.parse(picture(spot).dataset.frame);
const numbers = (spot) => [...spot.querySelectorAll(".hotspot__fields")].map((each) => Number(each.dataset.point));
const field = (spot, number, axis) => spot.querySelector(`.hotspot__fields[data-point="${number}"] [data-axis="${axis}"]`);
const aims = new WeakMap(); // spot -> {left, top} of its crosshair

// --- one axis: numbers and places --------------------------------------------------------------------------------

function placeAt(axis, value) {
  const share = axis.is_log ? Math.log(value / axis.low) / Math.log(axis.high / axis.low) : (value - axis.low) / (axis.high - axis.low);
  return axis.start + (axis.end - axis.start) * share;
}

function valueAt(axis, place) {
  const share = clamp((place - axis.start) / (axis.end - axis.start), 0, 1);
  const value = axis.is_log ? axis.low * (axis.high / axis.low) ** share : axis.low + share * (axis.high - axis.low);
  const rounded = axis.is_log ? Number(value.toPrecision(3)) : Number(value.toFixed(axis.decimals));
  // rounding must not leave the axis; whole axes begin and end on a half
  const [low, high] = axis.is_whole ? [Math.ceil(axis.low), Math.floor(axis.high)] : [axis.low, axis.high];
  return clamp(rounded, low, high);
}

const written = (spot, axis, value) => (axis.is_log ? String(value) : value.toFixed(axis.decimals)).replace(".", spot.dataset.decimal);
const read = (text) => (text.trim() ? Number(text.trim().replace(",", ".").replace("\u2212", "-")) : NaN);

// --- points ------------------------------------------------------------------------------------------------------

function pointAt(spot, number) {
  const { x, y } = frameOf(spot);
  const [across, up] = [read(field(spot, number, "x").value), read(field(spot, number, "y").value)];
  if (Number.isNaN(across) || Number.isNaN(up)) return null;
  return { number, left: placeAt(x, across), top: placeAt(y, up) };
}

const isSet = (spot, number) => field(spot, number, "x").value.trim() !== "" || field(spot, number, "y").value.trim() !== "";
const distance = (point, place) => Math.hypot(point.left - place.left, point.top - place.top);
const nearest = (spot, place) => numbers(spot).map((number) => pointAt(spot, number)).filter(Boolean).sort((a, b) => distance(a, place) - distance(b, place))[0];

function show(spot) {
  for (const number of numbers(spot)) {
    const mark = spot.querySelector(`.hotspot__point[data-point="${number}"]`);
    const point = pointAt(spot, number);
    mark.classList.toggle("is-unset", !point);
    if (point) mark.setAttribute("transform", `translate(${point.left.toFixed(1)} ${point.top.toFixed(1)})`);
  }
}

function write(spot, number, x, y) {
  field(spot, number, "x").value = x;
  field(spot, number, "y").value = y;
  show(spot);
  field(spot, number, "y").dispatchEvent(new Event("change", { bubbles: true }));
}

function mark(spot, place) {
  const { x, y } = frameOf(spot);
  const free = numbers(spot).find((number) => !isSet(spot, number));
  // all are set: the nearest one moves
  const number = free ?? nearest(spot, place)?.number ?? 1;
  const [across, up] = [written(spot, x, valueAt(x, place.left)), written(spot, y, valueAt(y, place.top))];
  write(spot, number, across, up);
  say(spot, fill(spot.dataset.marked, { number, x: across, y: up }));
}

function remove(spot, number) {
  write(spot, number, "", "");
  say(spot, fill(spot.dataset.removed, { number }));
}

// --- what is said ------------------------------------------------------------------------------------------------

let resting;
function say(spot, text) {
  clearTimeout(resting);
  spot.querySelector(".hotspot__says").textContent = text;
}

// --- the crosshair -----------------------------------------------------------------------------------------------

function aimOf(spot) {
  const { x, y } = frameOf(spot);
  return aims.get(spot) ?? { left: (x.start + x.end) / 2, top: (y.start + y.end) / 2 };
}

function aimAt(spot, left, top) {
  const { x, y } = frameOf(spot);
  const place = {
    left: clamp(left, Math.min(x.start, x.end), Math.max(x.start, x.end)),
    top: clamp(top, Math.min(y.start, y.end), Math.max(y.start, y.end)),
  };
  aims.set(spot, place);
  spot.querySelector(".hotspot__cross").setAttribute("transform", `translate(${place.left.toFixed(1)} ${place.top.toFixed(1)})`);
  clearTimeout(resting);
  resting = setTimeout(() => say(spot, fill(spot.dataset.here, { x: written(spot, x, valueAt(x, place.left)), y: written(spot, y, valueAt(y, place.top)) })), QUIET_MS);
}

// One step of a numbered thing is the next one, of anything else a share of the picture.
const stepOf = (axis, isLarge) => (axis.is_whole && axis.high - axis.low <= 40 ? Math.abs(axis.end - axis.start) / (axis.high - axis.low) : isLarge ? LARGE_STEP : STEP);

function steer(event, spot) {
  const { x, y } = frameOf(spot);
  const place = aimOf(spot);
  const [across, down] = [stepOf(x, event.shiftKey), stepOf(y, event.shiftKey)];
  if (event.key === "ArrowLeft") aimAt(spot, place.left - across, place.top);
  else if (event.key === "ArrowRight") aimAt(spot, place.left + across, place.top);
  else if (event.key === "ArrowUp") aimAt(spot, place.left, place.top - down);
  else if (event.key === "ArrowDown") aimAt(spot, place.left, place.top + down);
  else if (event.key === "Enter" || event.key === " ") mark(spot, place);
  else if (event.key === "Delete" || event.key === "Backspace") {
    const point = nearest(spot, place);
    if (point && distance(point, place) <= NEAR) remove(spot, point.number);
  } else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(".hotspot__aim") || event.ctrlKey || event.metaKey || event.altKey) return;
  // the page's own keys, which move between questions, wait while the crosshair has the focus
  if (event.key !== "Tab") event.stopPropagation();
  if (steer(event, spotOf(event.target))) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  if (!event.target.matches?.(".hotspot__aim")) return;
  const spot = spotOf(event.target);
  const place = aimOf(spot);
  aimAt(spot, place.left, place.top);
  spot.querySelector(".hotspot__cross").classList.remove("is-unset");
});

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.(".hotspot__aim")) spotOf(event.target).querySelector(".hotspot__cross").classList.add("is-unset");
});

// --- pointer and fields ------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const remover = event.target.closest("[data-remove]");
  if (remover) {
    remove(spotOf(remover), remover.dataset.remove);
    return;
  }
  const aim = event.target.closest(".hotspot__aim");
  if (!aim) return;
  const spot = spotOf(aim);
  const box = aim.getBoundingClientRect();
  const [, , width, height] = spot.querySelector(".hotspot__marks").getAttribute("viewBox").split(" ").map(Number);
  const place = { left: ((event.clientX - box.left) / box.width) * width, top: ((event.clientY - box.top) / box.height) * height };
  aimAt(spot, place.left, place.top);
  mark(spot, aimOf(spot));
});

document.addEventListener("input", (event) => {
  if (event.target.matches?.(".hotspot__fields input")) show(spotOf(event.target));
});

// drafts kept on this device are put back after the page is read
const showAll = () => document.querySelectorAll("[data-hotspot]").forEach(show);
document.addEventListener("htmx:afterSettle", showAll);
addEventListener("load", showAll);
