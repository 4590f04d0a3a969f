// Saving by itself, and a copy in the browser for when that fails.

import { body, form, say } from "./text.js";

const UNKEPT = ["csrf_token", "version", "own_id", "publish_at", "link_query", "resource_query", "evidence_query"];
const AUTOSAVE_MS = 2500;
const ANSWERED = [400, 409, 413, 415, 422, 428, 429];

const SENT = "terrace:sent";

const backupKey = () => `terrace:${form.getAttribute("action")}`;
const state = () => document.getElementById("save-state");
const typed = () => [...new FormData(form)].filter(([name, value]) => value && !UNKEPT.includes(name));
const text = () => JSON.stringify(Object.fromEntries(typed()));
const storage = (work) => { try { return work(localStorage); } catch { return null; } };

let saved = text();
let sent = saved;
let timer = 0;
let intent = "keep";
let isLeavingByForm = false;

const isChanged = () => text() !== saved;

// An address that nobody touched is not kept: it may have gone with the title by then.
function packed() {
  const values = JSON.parse(text());
  if (saved && values.slug === JSON.parse(saved).slug) delete values.slug;
  return JSON.stringify(values);
}

function backUp() {
  if (isChanged()) storage((place) => place.setItem(backupKey(), packed()));
  else storage((place) => place.removeItem(backupKey()));
}

function tell(sentence) {
  state().textContent = sentence;
}

// A draft saves itself once it has what it needs. What readers see changes only by the button: until then a copy is
// kept aside.
function mayAutosave() {
  const needed = say.needs.split(" ").filter(Boolean);
  return isChanged() && needed.every((name) => form.elements[name].value.trim() !== "");
}

function changed(event) {
  if (UNKEPT.includes(event?.target.name)) return;
  backUp();
  if (!isChanged()) return;
  tell(say.sayUnsaved);
  clearTimeout(timer);
  timer = setTimeout(() => { if (mayAutosave()) send("keep"); }, AUTOSAVE_MS);
}

function send(wanted) {
  clearTimeout(timer);
  intent = wanted;
  htmx.trigger(form, "autosave");
}

// By hand, without leaving the page; readers see nothing new of a text that is public.
export function saveHere() {
  send(say.published === "true" ? "keep" : "save");
}

// The address of a draft goes with its title, unless one has been typed meanwhile.
function follow(slug) {
  const values = JSON.parse(sent);
  const one = form.elements.slug;
  if (!slug || !one.value || one.value !== values.slug) return;
  one.value = slug;
  values.slug = slug;
  sent = JSON.stringify(values);
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== form) return;
  event.detail.path = form.getAttribute("action");
  event.detail.parameters.intent = intent;
  sent = text();
  tell(say.saySaving);
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  const answer = state().dataset;
  if (event.detail.requestConfig?.elt !== form) return isChanged() ? changed() : undefined;
  if (answer.saved !== "true") return undefined;
  follow(answer.slug);
  saved = sent;
  form.elements.version.value = answer.version;
  if (form.getAttribute("action") !== answer.action) {
    storage((place) => place.removeItem(backupKey()));
    form.setAttribute("action", answer.action);
    form.elements.own_id.value = answer.action.split("/").pop();
    history.replaceState(history.state, "", `${answer.action}/edit`);
  }
  backUp();
  if (isChanged()) changed();
  return undefined;
});
for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(trouble, (event) => {
    const isAnswered = ANSWERED.includes(event.detail.xhr?.status ?? 0);
    if (event.detail.requestConfig?.elt === form && !isAnswered) tell(say.sayOffline);
  });
}

form.addEventListener("submit", () => {
  clearTimeout(timer);
  backUp();
  storage((place) => place.setItem(SENT, backupKey()));
  isLeavingByForm = true;
});
document.getElementById("discard")?.addEventListener("submit", () => {
  clearTimeout(timer);
  storage((place) => place.removeItem(backupKey()));
  isLeavingByForm = true;
});
window.addEventListener("pageshow", () => { isLeavingByForm = false; });
window.addEventListener("beforeunload", (event) => {
  if (!isLeavingByForm && isChanged()) event.preventDefault();
});

// What has no place on this page, as a row that was chosen from a list: the server is asked for the list with it.
function stow(name, value) {
  const one = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  const rows = form.querySelector(`[data-rows="${CSS.escape(name.split("-")[0])}"]`);
  (rows ?? form).append(one);
  return rows;
}

function fill(values) {
  const boxes = form.querySelectorAll("input[type=checkbox]");
  for (const box of boxes) box.checked = box.name in values;
  const others = new Set(typed().map(([name]) => name).filter((name) => name !== "slug" && !(name in values)));
  for (const name of others) form.elements[name].value = "";
  const stale = new Set();
  for (const [name, value] of Object.entries(values)) {
    const one = form.elements[name];
    if (!one) stale.add(stow(name, value));
    else if (one.type !== "checkbox") one.value = value;
  }
  for (const rows of stale) if (rows) htmx.trigger(rows, "again");
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

// The server trims, and finds the address: what differs in nothing else is saved.
function isSaved(kept) {
  const [then, now] = [JSON.parse(kept), JSON.parse(saved)];
  const tidy = (value, name) => (name === "tags" ? value.split(",").map((tag) => tag.trim()).join() : value.trim());
  return Object.keys({ ...now, ...then }).every(
    (name) => (name === "slug" && !then.slug) || tidy(then[name] ?? "", name) === tidy(now[name] ?? "", name),
  );
}

function forgetWhatWasSent() {
  const key = storage((place) => place.getItem(SENT));
  const kept = key && storage((place) => place.getItem(key));
  if (!kept || !isSaved(kept)) return;
  storage((place) => place.removeItem(key));
  storage((place) => place.removeItem(SENT));
}

function offerBackup() {
  forgetWhatWasSent();
  const found = storage((place) => place.getItem(backupKey()));
  if (!found || isSaved(found)) return;
  const box = document.getElementById("kept");
  box.hidden = false;
  box.addEventListener("click", (event) => {
    const choice = event.target.dataset?.kept;
    if (!choice) return;
    if (choice === "take") fill(JSON.parse(found));
    else storage((place) => place.removeItem(backupKey()));
    box.hidden = true;
    body.focus();
  });
}
if (say.refused === "true") saved = "";
else offerBackup();
