// Order by dragging and by Alt with an arrow. Without it there are the buttons and the numbers of each row.

const STEPS = { ArrowUp: "up", ArrowDown: "down" };

function rowsOf(list) {
  return [...list.children].filter((row) => row.dataset.place);
}

function send(list) {
  const form = document.getElementById(list.dataset.order);
  const order = rowsOf(list).map((row) => row.dataset.place).join(",");
  if (order === form.elements.seen.value) return;
  form.elements.order.value = order;
  form.requestSubmit();
}

/** The row in *list* that something stands in, however deep. */
function rowIn(list, node) {
  return rowsOf(list).find((row) => row.contains(node));
}

function follow(list, row, y) {
  const others = rowsOf(list).filter((other) => other !== row);
  const before = others.find((other) => {
    const box = other.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  if (before) before.before(row);
  else list.append(row);
}

/** By pointer, so that it works with a finger too. Escape puts everything back. */
function drag(list, row, grip, begin) {
  const was = rowsOf(list);
  const move = (event) => follow(list, row, event.clientY);
  const end = (isKept) => {
    row.classList.remove("is-dragged");
    grip.removeEventListener("pointermove", move);
    document.removeEventListener("keydown", cancel);
    if (isKept) send(list);
    else list.append(...was);
  };
  const cancel = (event) => {
    if (event.key === "Escape") end(false);
  };
  begin.preventDefault();
  grip.setPointerCapture(begin.pointerId);
  row.classList.add("is-dragged");
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", () => row.classList.contains("is-dragged") && end(true), { once: true });
  grip.addEventListener("pointercancel", () => row.classList.contains("is-dragged") && end(false), { once: true });
  document.addEventListener("keydown", cancel);
}

for (const list of document.querySelectorAll("[data-order]")) {
  for (const row of rowsOf(list)) {
    const grip = row.querySelector("[data-grip]");
    if (grip) grip.addEventListener("pointerdown", (event) => drag(list, row, grip, event));
  }
}

document.addEventListener("keydown", (event) => {
  const name = STEPS[event.key];
  if (!name || !event.altKey || event.ctrlKey || event.metaKey) return;
  const list = event.target.closest("[data-order]");
  const row = list && rowIn(list, event.target);
  const button = row && row.querySelector(`button[name=${name}]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  sessionStorage.setItem("moved", button.value);
  button.click();
});

// Whoever moves a row with the keyboard stays at it.
const moved = sessionStorage.getItem("moved");
if (moved) {
  sessionStorage.removeItem("moved");
  const button = document.querySelector(`[data-place="${CSS.escape(moved)}"] .steps button:not([disabled])`);
  if (button) button.focus();
}
