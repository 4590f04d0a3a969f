// A visitor's progress: marks at the questions, how far she is by section and grade, a link that carries it.

import { announce, filled, root, say } from "./page.js";
import { exported, keep, KINDS, marksOf, packed, unpacked } from "./store.js";

const sheet = root.dataset.sheet;
const FRAGMENT = "#progress=";
const GLYPHS = { known: "✓", learning: "◐", skip: "–" };
let theirs = carried();
let cleared = null;

function carried() {
  return sheet && location.hash.startsWith(FRAGMENT) ? unpacked(location.hash.slice(FRAGMENT.length)) : null;
}

function shown() {
  return theirs ?? marksOf(sheet);
}

function told(kind) {
  return { known: say.sayKnown, learning: say.sayLearning, skip: say.saySkip }[kind];
}

function markQuestion(item, kind) {
  item.querySelector(":scope .mark-told")?.remove();
  if (!kind) {
    delete item.dataset.is;
    return;
  }
  item.dataset.is = kind;
  const glyph = document.createElement("span");
  glyph.className = "mark-told";
  glyph.textContent = GLYPHS[kind];
  glyph.setAttribute("role", "img");
  glyph.setAttribute("aria-label", told(kind));
  item.querySelector("a").before(glyph);
}

function tell(place, items, marks) {
  if (!place) return;
  const known = items.filter((item) => KINDS[marks[item.dataset.m]] === "known").length;
  place.hidden = known === 0;
  place.textContent = known ? `${GLYPHS.known} ${known}/${items.length}` : "";
}

function tellAll(box, items, marks) {
  const kinds = items.map((item) => KINDS[marks[item.dataset.m] ?? 0]);
  const known = kinds.filter((kind) => kind === "known").length;
  const isBegun = kinds.some(Boolean);
  const bar = box.querySelector("progress");
  bar.hidden = !isBegun;
  box.querySelector("[data-told]").hidden = !isBegun;
  bar.max = Math.max(1, items.length);
  bar.value = known;
  const learning = kinds.filter((kind) => kind === "learning").length;
  box.querySelector("[data-told]").textContent = filled(say.sayProgress, { known, learning, all: items.length });
  for (const line of box.querySelectorAll(".progress-grades li")) {
    const own = items.filter((item) => item.closest("[data-grade]")?.dataset.grade === line.dataset.grade);
    const done = own.filter((item) => KINDS[marks[item.dataset.m]] === "known").length;
    line.hidden = own.length === 0;
    line.querySelector("[data-known]").textContent = `${done}/${own.length}`;
  }
  box.querySelector("[data-theirs]").hidden = !theirs;
  box.hidden = items.length === 0;
}

function show() {
  const marks = shown();
  const items = [...root.querySelectorAll("li[data-m]")];
  for (const item of items) markQuestion(item, KINDS[marks[item.dataset.m] ?? 0]);
  for (const section of root.querySelectorAll("[data-section]")) {
    tell(section.querySelector("[data-known]"), [...section.querySelectorAll("li[data-m]")], marks);
  }
  for (const head of root.querySelectorAll("th[data-grade]")) {
    const own = items.filter((item) => item.closest("td")?.dataset.grade === head.dataset.grade);
    tell(head.querySelector("[data-known]"), own, marks);
  }
  const box = root.querySelector("[data-progress]");
  if (box) tellAll(box, items, marks);
  showChoice();
}

// The buttons at an opened question are always about one's own progress.
function showChoice() {
  for (const question of document.querySelectorAll("[data-question]")) {
    const box = question.querySelector("[data-marks]");
    if (!box) continue;
    box.hidden = false;
    const kind = marksOf(sheet)[question.dataset.m];
    for (const button of box.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.markAs) === kind));
    }
  }
}

function choose(button) {
  const { m } = button.closest("[data-question]").dataset;
  const marks = marksOf(sheet);
  const kind = Number(button.dataset.markAs);
  if (marks[m] === kind) delete marks[m];
  else marks[m] = kind;
  keep(sheet, marks);
  show();
  announce(marks[m] ? filled(say.sayMarked, { mark: told(KINDS[kind]) }) : say.sayUnmarked);
}

function leaveTheirs() {
  theirs = null;
  history.replaceState(history.state, "", location.pathname + location.search);
  show();
}

const deeds = {
  async share() {
    await navigator.clipboard.writeText(`${location.origin}${root.dataset.url}${FRAGMENT}${packed(shown())}`);
    announce(say.sayCopied);
    return say.sayCopied;
  },
  export() {
    const file = new Blob([JSON.stringify(exported(), null, 2)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "progress.json";
    link.click();
    URL.revokeObjectURL(link.href);
  },
  clear(button) {
    const isBack = cleared !== null;
    const before = cleared ?? marksOf(sheet);
    cleared = isBack ? null : before;
    keep(sheet, isBack ? before : {});
    show();
    button.textContent = isBack ? say.sayClear : say.sayUndo;
    announce(isBack ? "" : say.sayCleared);
  },
  take() {
    keep(sheet, theirs);
    leaveTheirs();
    announce(say.sayTaken);
  },
  mine: leaveTheirs,
};

if (sheet) {
  document.addEventListener("click", async (event) => {
    const choice = event.target.closest("[data-mark-as]");
    if (choice) choose(choice);
    const button = event.target.closest("[data-deed]");
    const words = button && (await deeds[button.dataset.deed](button));
    if (!words) return;
    const before = button.textContent;
    button.textContent = words;
    setTimeout(() => {
      button.textContent = before;
    }, 2000);
  });
  document.body.addEventListener("htmx:afterSettle", show);
  window.addEventListener("storage", show);
  window.addEventListener("hashchange", () => {
    theirs = carried();
    show();
  });
  show();
}
