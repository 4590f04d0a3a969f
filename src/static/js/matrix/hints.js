// Hints show themselves to whoever points at a question or comes to it with the keyboard; the button beside it, which
// needs no script, is for fingers. Escape closes them: that is what popovers do.

import { root } from "./page.js";

const WAIT = 350;
let due = 0;

function hintOf(target) {
  return target.closest?.(".q")?.querySelector(".hint") ?? null;
}

function placed(hint) {
  const { left, bottom, top } = hint.closest(".q").getBoundingClientRect();
  const { width, height } = hint.getBoundingClientRect();
  const below = bottom + 4;
  hint.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  hint.style.top = `${below + height < innerHeight ? below : Math.max(8, top - height - 4)}px`;
}

function open(hint) {
  if (hint.matches(":popover-open")) return;
  hint.showPopover();
}

function later(hint) {
  clearTimeout(due);
  due = setTimeout(() => hint.isConnected && open(hint), WAIT);
}

function close(hint) {
  clearTimeout(due);
  if (hint?.matches(":popover-open")) hint.hidePopover();
}

root.addEventListener("toggle", (event) => {
  if (event.newState === "open" && event.target.matches(".hint")) placed(event.target);
}, true);

root.addEventListener("pointerover", (event) => {
  const hint = event.pointerType === "mouse" ? hintOf(event.target) : null;
  if (hint && !hint.matches(":popover-open")) later(hint);
});
root.addEventListener("pointerout", (event) => {
  const hint = event.pointerType === "mouse" ? hintOf(event.target) : null;
  if (hint && hintOf(event.relatedTarget ?? root) !== hint) close(hint);
});

root.addEventListener("focusin", (event) => {
  const hint = event.target.matches("a:focus-visible") ? hintOf(event.target) : null;
  if (hint) later(hint);
});
root.addEventListener("focusout", (event) => close(hintOf(event.target)));
