// In the grid of the desk Alt with an arrow moves a question within its cell; dragging is in keeping.js. Without this
// there is the page of the cell, with buttons and numbers.

const STEPS = { ArrowUp: -1, ArrowDown: 1 };

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || !event.altKey || event.ctrlKey || event.metaKey) return;
  const list = event.target.closest("[data-order][data-keys]");
  const row = list && event.target.closest("[data-place]");
  const other = row && (step < 0 ? row.previousElementSibling : row.nextElementSibling);
  if (!row) return;
  event.preventDefault();
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  const form = document.getElementById(list.dataset.order);
  form.elements.order.value = [...list.children].map((one) => one.dataset.place).join(",");
  form.elements.moved.value = row.dataset.place;
  form.requestSubmit();
});

// Back from a move: whoever moved something goes on from there.
const moved = location.hash.startsWith("#q-") && document.getElementById(location.hash.slice(1));
if (moved) moved.querySelector("a").focus();
