// In the grid of the desk Alt with an arrow to the side gives a question the next grade; the rest of moving is in
// keeping.js. Without this there is the page that asks where to.

import { move } from "./keeping.js";

const SIDES = { ArrowLeft: -1, ArrowRight: 1 };

document.addEventListener("keydown", (event) => {
  const side = SIDES[event.key];
  if (!side || !event.altKey || event.ctrlKey || event.metaKey) return;
  const row = event.target.closest("[data-move]");
  if (!row) return;
  event.preventDefault(); // the browser would go back
  const cell = row.closest("td");
  const other = side < 0 ? cell.previousElementSibling : cell.nextElementSibling;
  const list = other?.querySelector("[data-board]");
  if (list) move(row, list, true);
});
