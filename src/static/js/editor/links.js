// [[ offers posts and pages: a list below the text, arrows choose, Enter takes, Escape closes.

import { announce, bodies, body, form, put, say } from "./text.js";

const OPENED = /\[\[(?:(?:post|page|matrix):)?([^[\]|\n]{0,80})$/;
const DELAY_MS = 150;
const box = document.getElementById("link-options");
const picker = document.getElementById("linking");

let items = [];
let at = -1;
let label = "";
let timer = 0;
let asking = new AbortController();
let isDismissed = false;

const opened = () => OPENED.exec(body.value.slice(0, body.selectionStart));

export function askForLink(words) {
  label = words;
  put("[[");
}

function close() {
  items = [];
  at = -1;
  box.hidden = true;
  box.replaceChildren();
  for (const text of bodies) {
    text.removeAttribute("aria-activedescendant");
    text.removeAttribute("aria-controls");
  }
}

function choose(index) {
  at = (index + items.length) % items.length;
  [...box.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  box.children[at].scrollIntoView({ block: "nearest" });
  body.setAttribute("aria-activedescendant", box.children[at].id);
}

function option(item, number) {
  const line = document.createElement("li");
  line.id = `link-option-${number}`;
  line.setAttribute("role", "option");
  line.append(...[...item.childNodes].filter((node) => !node.matches?.("button")).map((node) => node.cloneNode(true)));
  return line;
}

function show(found) {
  close();
  if (!found.length) return;
  items = found.map((item) => item.dataset.mark);
  body.closest(".source-box").append(box);
  box.append(...found.map(option));
  box.hidden = false;
  body.setAttribute("aria-controls", box.id);
  choose(0);
  announce(say.sayLinks.replace("{count}", items.length));
}

async function ask() {
  const query = opened();
  if (!query) return close();
  asking.abort();
  asking = new AbortController();
  try {
    const address = `/admin/links?q=${encodeURIComponent(query[1].trim())}`;
    const answer = await fetch(address, { signal: asking.signal, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    if (opened()) show([...page.querySelectorAll("[data-mark]")]);
    else close();
  } catch {
    close(); // no list is no trouble: the link can be typed
  }
  return undefined;
}

function take(index) {
  const found = opened();
  if (!found) return close();
  const mark = label ? items[index].replace("]]", `|${label}]]`) : items[index];
  const end = body.selectionStart + (body.value.startsWith("]]", body.selectionStart) ? 2 : 0);
  const start = body.selectionStart - found[0].length;
  close();
  label = "";
  put(mark, start, end);
  return undefined;
}

function follow() {
  clearTimeout(timer);
  if (!opened()) {
    isDismissed = false;
    close();
  } else if (!isDismissed) {
    timer = setTimeout(ask, DELAY_MS);
  }
}

function steer(event) {
  if (box.hidden || event.isComposing) return;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (steps[event.key]) choose(at + steps[event.key]);
  else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) take(at);
  else if (event.key === "Escape") { isDismissed = true; close(); }
  else return;
  event.preventDefault();
}

for (const text of bodies) {
  text.addEventListener("input", follow);
  text.addEventListener("keydown", steer);
  text.addEventListener("blur", () => setTimeout(close, 150)); // a click into the list comes first
}
box.addEventListener("pointerdown", (event) => {
  const line = event.target.closest("[role=option]");
  event.preventDefault();
  if (line) take([...box.children].indexOf(line));
});

picker?.addEventListener("click", (event) => {
  const item = event.target.closest("button[data-take]")?.closest("[data-mark]");
  if (item) put(item.dataset.mark);
});
// Lists follow by themselves; Enter in what they look for would save the whole.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-asks]")) event.preventDefault();
});
