// The marks of Markdown by button and by key. Tab is left alone: it leads on to the next field.

import { askForLink } from "./links.js";
import { saveHere } from "./saving.js";
import { bodies, body, form, put, say, turnTo } from "./text.js";

const LIST_LINE = /^(\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)(.*)$/;
const pictures = document.getElementById("pictures");
const chosen = () => body.value.slice(body.selectionStart, body.selectionEnd);

function around(mark) {
  const { selectionStart: start } = body;
  const inner = chosen();
  put(`${mark}${inner}${mark}`);
  body.setSelectionRange(start + mark.length, start + mark.length + inner.length);
}

function lines() {
  const { selectionStart, selectionEnd, value } = body;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", selectionEnd);
  return [start, next < 0 ? value.length : next];
}

function beforeLines(prefix, first = "") {
  const [start, end] = lines();
  put(first + body.value.slice(start, end).split("\n").map((line) => prefix + line).join("\n"), start, end);
}

function link() {
  const { selectionStart: start } = body;
  const inner = chosen() || say.sayLink;
  put(`[${inner}](https://)`);
  const address = start + inner.length + 3;
  body.setSelectionRange(address, address + "https://".length);
}

function fenced(open, close) {
  const inner = chosen();
  put(`${open}\n${inner}\n${close}`);
  const after = body.selectionStart - close.length - 1;
  body.setSelectionRange(after - inner.length, after);
}

// What needs lines of its own, wherever the caret stands.
function block(text) {
  const before = body.value.slice(0, body.selectionStart);
  put(`${before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"}${text}\n`);
}

function footnote() {
  const used = [...body.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const number = Math.max(0, ...used) + 1;
  put(`[^${number}]`, body.selectionEnd, body.selectionEnd);
  const end = body.value.length;
  put(`${body.value.endsWith("\n") ? "\n" : "\n\n"}[^${number}]: ${say.sayNote}`, end, end);
  body.setSelectionRange(body.value.length - say.sayNote.length, body.value.length);
}

const marks = {
  heading: () => beforeLines("## "),
  bold: () => around("**"),
  italic: () => around("*"),
  link,
  wiki: () => askForLink(chosen()),
  quote: () => beforeLines("> "),
  list: () => beforeLines("- "),
  tasks: () => beforeLines("- [ ] "),
  code: () => (chosen().includes("\n") ? fenced("```", "```") : around("`")),
  math: () => (chosen().includes("\n") ? fenced("$$", "$$") : around("$")),
  table: () => block(`| ${say.sayCell} | ${say.sayCell} |\n| --- | --- |\n|  |  |`),
  alert: () => beforeLines("> ", "> [!NOTE]\n"),
  footnote,
  picture: () => pictures?.showModal(),
};
function press(event) {
  const button = event.target.closest("[data-mark]");
  if (!button) return;
  const menu = button.closest("details");
  if (menu) menu.open = false;
  turnTo(document.getElementById(event.currentTarget.getAttribute("aria-controls")));
  marks[button.dataset.mark]();
}

for (const toolbar of form.querySelectorAll(".toolbar")) toolbar.addEventListener("click", press);

// Enter in a list begins the next item; in an empty item it ends the list.
function continueList(event) {
  const { selectionStart: start, selectionEnd: end, value } = body;
  const [from] = lines();
  const found = start === end && LIST_LINE.exec(value.slice(from, start));
  if (!found) return;
  event.preventDefault();
  if (!found[2].trim()) put("", from, start);
  else put(`\n${found[1].replace(/\d+/, (digits) => Number(digits) + 1).replace(/\[[xX]\]/, "[ ]")}`);
}

const keys = { b: "bold", i: "italic", k: "link" };
form.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey) return;
  const isCommand = event.ctrlKey || event.metaKey;
  if (!isCommand) {
    if (event.key === "Enter" && bodies.includes(event.target)) continueList(event);
  } else if (event.key === "s") {
    event.preventDefault();
    saveHere();
  } else if (event.key === "Enter") {
    event.preventDefault();
    form.querySelector("[data-publish]")?.focus();
  } else if (bodies.includes(event.target) && keys[event.key]) {
    event.preventDefault();
    marks[keys[event.key]]();
  }
});
