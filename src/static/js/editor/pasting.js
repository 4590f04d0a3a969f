// What was copied with its formatting comes as Markdown. Ctrl+Shift+V brings no HTML, and is left to the browser.

import { bodies, form, put, report, say, turnTo } from "./text.js";

const MEANS_SOMETHING = /<(a|b|strong|i|em|del|s|h[1-6]|ul|ol|li|table|blockquote|pre|code|img|hr|math|figure)[\s>/]/i;
const LONGEST = 1_000_000;
const PATIENCE_MS = 8000;

async function converted(html) {
  const headers = { "X-CSRF-Token": form.elements.csrf_token.value };
  const parts = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, html });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch("/admin/blog/paste", { method: "POST", body: parts, headers, credentials: "same-origin", signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

async function paste(text, html, plain) {
  const { value: before, selectionStart: start, selectionEnd: end } = text;
  let words = plain;
  let isMarkdown = false;
  try {
    words = (await converted(html)).trim() || plain;
    isMarkdown = words !== plain;
  } catch {
    // the words themselves are better than nothing
  }
  turnTo(text);
  if (text.value === before) put(words, start, end);
  else put(words);
  report(isMarkdown ? say.sayPasted : "");
}

function take(event) {
  if (event.defaultPrevented) return;
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!MEANS_SOMETHING.test(html) || html.length > LONGEST) return;
  event.preventDefault();
  paste(event.currentTarget, html, event.clipboardData.getData("text/plain"));
}

for (const text of bodies) text.addEventListener("paste", take);
