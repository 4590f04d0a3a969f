// A question opens above the list: the very part that its page shows. The address becomes the question's, going back
// closes it, and whoever reloads or shares it gets the page.

import { announce, filled, root, say } from "./page.js";

const opened = document.getElementById("opened");
const inside = document.getElementById("opened-question");
const titled = document.title;
let asked = 0;

// What the list behind the question shows is always that of the last address without one.
let listed = opened ? location.href : null;

function step(kind) {
  return { terrace: kind, list: listed };
}

async function open(url, { isNew, isNext }) {
  const turn = ++asked;
  await window.htmx.ajax("GET", url, { target: inside });
  const question = inside.querySelector("[data-question]");
  if (turn !== asked || !question) return;
  const own = question.dataset.url;
  if (isNew) {
    history.replaceState(step("list"), "");
    history.pushState(step("question"), "", own);
  } else if (isNext) {
    history.replaceState(step("question"), "", own);
  }
  document.title = question.dataset.title;
  if (!opened.open) opened.showModal();
  opened.scrollTop = 0;
  opened.querySelector("#opened-title").focus();
  announce(filled(say.sayOpen, { title: opened.querySelector("#opened-title").textContent }));
}

function isPlain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

if (opened) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest(".q a");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    open(link.href, { isNew: true });
  });

  opened.addEventListener("click", (event) => {
    if (event.target === opened || event.target.closest("[data-close]")) {
      history.back();
      return;
    }
    const link = event.target.closest(".neighbours a, .translations a");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    open(link.href, { isNext: true });
  });

  // Escape goes the same way as the button, so that address and page stay one.
  opened.addEventListener("cancel", (event) => {
    event.preventDefault();
    history.back();
  });

  for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
    document.body.addEventListener(name, () => {
      listed = location.href;
    });
  }
}

window.addEventListener("popstate", (event) => {
  const kind = event.state?.terrace;
  if (!kind) return;
  if (event.state.list !== listed) {
    location.reload();
  } else if (kind === "question") {
    open(location.href, {});
  } else if (opened.open) {
    asked += 1;
    opened.close();
    inside.replaceChildren();
    document.title = titled;
  }
});
