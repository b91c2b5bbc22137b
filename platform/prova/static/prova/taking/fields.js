// The questions of the paper and what is filled in. An answer is a list of texts, as the server keeps it.

export const paper = document.querySelector("#paper");
export const words = paper.dataset;

export const sections = () => [...paper.querySelectorAll(".question[data-item]")];
export const sectionOf = (item) => paper.querySelector(`.question[data-item="${item}"]`);
export const itemOf = (section) => section.dataset.item;
export const stateOf = (section) => section.querySelector(".save-state");
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// A question of several rows has several fields; a row of radio buttons is a name of its own: "item-7.1", "item-7.2".
export const fields = (section) => [...section.querySelectorAll(`[name="item-${itemOf(section)}"], [name^="item-${itemOf(section)}."]`)];
// "item-7.x1" has a name of its own within the question; what it holds is sent and kept as "x1=0.25".
const partOf = (field) => /^item-\d+\.([a-z]\w*)$/.exec(field.name)?.[1];
const isTyped = (field) => field.type === "text" || field.type === "textarea";

export function given(section) {
  return fields(section)
    .filter((field) => isTyped(field) || field.matches("select") || field.checked)
    .filter((field) => field.value.trim())
    .map((field) => (partOf(field) ? `${partOf(field)}=` : "") + field.value.trim());
}

let isFilling = false;
export const isBeingFilled = () => isFilling;

// Writes an answer into the fields. The words counted and the marks on a picture follow from the event.
export function put(section, answer) {
  isFilling = true;
  for (const field of fields(section)) {
    if (partOf(field)) field.value = answer.find((text) => text.startsWith(`${partOf(field)}=`))?.slice(partOf(field).length + 1) ?? "";
    else if (isTyped(field)) field.value = answer[0] ?? "";
    else if (field.matches("select")) field.value = answer.find((value) => field.querySelector(`option[value="${CSS.escape(value)}"]`)) ?? "";
    else if (field.value === "") field.checked = !fields(section).some((other) => other.name === field.name && answer.includes(other.value));
    else field.checked = answer.includes(field.value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  isFilling = false;
}

// What the page knows to be stored: the answer, and the number of the row that holds it.
const wasOf = (section) => section.querySelector(`#was-${itemOf(section)}`);
const baseFieldOf = (section) => section.querySelector(`#base-${itemOf(section)}`);
export const storedOf = (section) => wasOf(section).value.trim(); // what code starts from may end with a line end
export const baseOf = (section) => baseFieldOf(section).value;
export const setBase = (section, id) => { baseFieldOf(section).value = id; };

export const joined = (answer) => answer.join(" ");
export const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? paper.elements.csrfmiddlewaretoken.value;
