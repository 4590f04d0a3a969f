// What was copied with its formatting comes as Markdown. Ctrl+Shift+V brings no HTML, and is left to the browser.

import { body, form, put, report, say } from "./text.js";

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

async function paste(html, plain) {
  const before = body.value;
  const { selectionStart: start, selectionEnd: end } = body;
  let text = plain;
  let isMarkdown = false;
  try {
    text = (await converted(html)).trim() || plain;
    isMarkdown = text !== plain;
  } catch {
    // the words themselves are better than nothing
  }
  if (body.value === before) put(text, start, end);
  else put(text);
  report(isMarkdown ? say.sayPasted : "");
}

body.addEventListener("paste", (event) => {
  if (event.defaultPrevented) return;
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!MEANS_SOMETHING.test(html) || html.length > LONGEST) return;
  event.preventDefault();
  paste(html, event.clipboardData.getData("text/plain"));
});
