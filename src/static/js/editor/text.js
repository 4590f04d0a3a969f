// The form, its texts, and the ways to change them that the browser's own undo takes back.

export const form = document.getElementById("editor");
export const bodies = [...form.querySelectorAll("textarea[data-markdown]")];
export const say = form.dataset;

/** The text that is being written: what the buttons mean, and where a picture goes. */
export let body = bodies[0];

export function turnTo(text) {
  body = text;
}

form.addEventListener("focusin", (event) => {
  if (bodies.includes(event.target)) turnTo(event.target);
});

const typed = () => body.dispatchEvent(new Event("input", { bubbles: true }));

// execCommand keeps the browser's own undo; setRangeText is for those that dropped it.
export function put(replacement, start = body.selectionStart, end = body.selectionEnd) {
  body.focus();
  body.setSelectionRange(start, end);
  if (replacement === "" && start === end) return;
  const isDone = replacement === "" ? document.execCommand("delete") : document.execCommand("insertText", false, replacement);
  if (!isDone) {
    body.setRangeText(replacement, start, end, "end");
    typed();
  }
}

// Change a place that the writer is not at, and leave the caret where she is.
export function putElsewhere(replacement, start, end) {
  const { selectionStart, selectionEnd } = body;
  const moved = (place) => (place >= end ? place + replacement.length - (end - start) : place);
  put(replacement, start, end);
  body.setSelectionRange(moved(selectionStart), moved(selectionEnd));
}

export function selectLine(number) {
  const lines = body.value.split("\n");
  const line = Math.min(number, lines.length) - 1;
  const start = lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0);
  body.focus();
  body.setSelectionRange(start, start + lines[line].length);
  body.scrollTop = Math.max(0, (body.scrollHeight / lines.length) * line - body.clientHeight / 3);
}

export function announce(sentence) {
  document.getElementById("live").textContent = sentence;
}

export function report(sentence) {
  document.getElementById("upload-state").textContent = sentence;
}
