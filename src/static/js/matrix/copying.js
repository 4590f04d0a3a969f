// "Copy link" at a question.

import { announce, say } from "./page.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-link]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copyLink);
  const before = button.textContent;
  button.textContent = say.sayCopied;
  announce(say.sayCopied);
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
});
