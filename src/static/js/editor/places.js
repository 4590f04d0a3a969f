// Getting about: to what the list names, to the whole window, through the menus, and tags that are known.

import { announce, body, form, say, selectLine } from "./text.js";

form.addEventListener("click", (event) => {
  const jump = event.target.closest("[data-jump]");
  const field = jump && document.getElementById(`f-${jump.dataset.jump}`);
  if (!field) return;
  event.preventDefault();
  for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  if (jump.dataset.line) selectLine(Number(jump.dataset.line));
  else field.focus();
});

const full = document.getElementById("full");
function fill(isFull) {
  document.body.classList.toggle("is-full", isFull);
  full.setAttribute("aria-pressed", String(isFull));
  announce(isFull ? say.sayFull : say.sayNotFull);
  body.focus();
}
full.addEventListener("click", () => fill(!document.body.classList.contains("is-full")));

const menus = [...document.querySelectorAll(".menu-box")];
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const open = menus.find((menu) => menu.open);
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else if (document.body.classList.contains("is-full")) {
    fill(false);
  }
});

// A list of suggestions knows one value: after a comma the tags before it are a part of it.
const tags = form.elements.tags;
const known = document.getElementById("known-tags");
if (known) {
  const all = [...known.options].map((one) => one.value);
  tags.addEventListener("input", () => {
    const head = tags.value.slice(0, tags.value.lastIndexOf(",") + 1);
    const used = new Set(head.split(",").map((tag) => tag.trim()));
    const before = head ? `${head} ` : "";
    known.replaceChildren(...all.filter((tag) => !used.has(tag)).map((tag) => new Option("", before + tag)));
  });
}
