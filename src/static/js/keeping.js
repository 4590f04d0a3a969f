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

/**
 * By pointer, so that it works with a finger too. Escape puts everything back. The document listens: a row that is put
 * elsewhere in it would lose the pointer that it has captured.
 */
function drag(list, row, begin) {
  const was = rowsOf(list);
  const over = new AbortController();
  const on = (type, act) => document.addEventListener(type, act, { signal: over.signal });
  const end = (isKept) => {
    over.abort();
    row.classList.remove("is-dragged");
    if (isKept) send(list);
    else list.append(...was);
  };
  begin.preventDefault();
  row.classList.add("is-dragged");
  on("pointermove", (event) => follow(list, row, event.clientY));
  on("pointerup", () => end(true));
  on("pointercancel", () => end(false));
  on("keydown", (event) => event.key === "Escape" && end(false));
}

for (const list of document.querySelectorAll("[data-order]")) {
  for (const row of rowsOf(list)) {
    const grip = row.querySelector("[data-grip]");
    if (grip) grip.addEventListener("pointerdown", (event) => event.button === 0 && drag(list, row, event));
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
