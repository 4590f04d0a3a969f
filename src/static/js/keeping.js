// Order by dragging and by Alt with an arrow. Without it there are the buttons and the numbers of each row, and for what
// can go into another list the page that asks where to.

const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const PATIENCE_MS = 500;
let timer = 0;

function rowsOf(list) {
  return [...list.children].filter((row) => row.dataset.place);
}

const idsOf = (list) => rowsOf(list).map((row) => row.dataset.place);

/** The row in *list* that something stands in, however deep. */
function rowIn(list, node) {
  return rowsOf(list).find((row) => row.contains(node));
}

function submit(form, mover) {
  sessionStorage.setItem("moved", mover);
  form.requestSubmit();
}

function send(list, row) {
  const form = document.getElementById(list.dataset.order);
  const order = idsOf(list).join(",");
  if (order === form.elements.seen.value) return;
  form.elements.order.value = order;
  if (form.elements.moved) form.elements.moved.value = row.dataset.place;
  submit(form, row.dataset.place);
}

/** *row* came into *list* from another one: to the place where it stands, or to the end. */
export function move(row, list, isToEnd = false) {
  const form = document.getElementById(list.dataset.board);
  const cell = document.getElementById(list.dataset.order).elements;
  form.action = row.dataset.move;
  form.elements.subsection_id.value = cell.place.value;
  form.elements.grade.value = cell.grade.value;
  form.elements.order.value = isToEnd ? "" : idsOf(list).join(",");
  form.elements.seen.value = isToEnd ? "" : cell.seen.value;
  submit(form, row.dataset.place);
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

/** The list under the pointer, if *row* may go there; else the one that it is in. */
function listAt(row, x, y) {
  const own = row.parentElement;
  if (!own.dataset.board || !row.dataset.move) return own;
  const cell = document.elementFromPoint(x, y)?.closest("[data-cell]");
  return cell?.querySelector("[data-board]") ?? own;
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
    document.body.classList.remove("is-dragging");
    if (!isKept) list.append(...was);
    else if (row.parentElement === list) send(list, row);
    else move(row, row.parentElement);
  };
  begin.preventDefault();
  row.classList.add("is-dragged");
  document.body.classList.add("is-dragging");
  on("pointermove", (event) => follow(listAt(row, event.clientX, event.clientY), row, event.clientY));
  on("pointerup", () => end(true));
  on("pointercancel", () => end(false));
  on("keydown", (event) => event.key === "Escape" && end(false));
}

document.addEventListener("pointerdown", (event) => {
  const list = event.button === 0 && event.target.closest("[data-grip]")?.closest("[data-order]");
  if (list) drag(list, rowIn(list, event.target), event);
});

// Several steps are one order: it is sent when no further one follows.
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || !event.altKey || event.ctrlKey || event.metaKey) return;
  const list = event.target.closest("[data-order]");
  const row = list && rowIn(list, event.target);
  if (!row) return;
  event.preventDefault();
  const rows = rowsOf(list);
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  event.target.focus();
  clearTimeout(timer);
  timer = setTimeout(() => send(list, row), PATIENCE_MS);
});

// A form whose action a script has chosen.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id === "move") event.detail.path = event.target.getAttribute("action");
});

// Whoever moves a row stays at it, on the new page or on what has come in the place of the old.
function goOn() {
  const moved = sessionStorage.getItem("moved");
  if (!moved) return;
  sessionStorage.removeItem("moved");
  const row = document.querySelector(`[data-place="${CSS.escape(moved)}"]`);
  row?.querySelector("a, button:not([disabled])")?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}
goOn();
document.addEventListener("htmx:afterSettle", goOn);
