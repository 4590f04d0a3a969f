// Saving by itself, and a copy in the browser for when that fails.

import { body, form, say } from "./text.js";

const fields = [
  "title", "slug", "description", "tags", "lang", "cover", "cover_alt", "series", "series_part", "translation_of",
  "is_pinned", "meta_title", "meta_description", "canonical_url", "body",
];
const SLUG = fields.indexOf("slug");
const TAGS = fields.indexOf("tags");
const AUTOSAVE_MS = 2500;
const ANSWERED = [400, 409, 413, 415, 422, 428, 429];

const SENT = "terrace:sent";

const backupKey = () => `terrace:${form.getAttribute("action")}`;
const state = () => document.getElementById("save-state");
const valueOf = (one) => (one?.type === "checkbox" && !one.checked ? "" : one?.value ?? "");
const text = () => JSON.stringify(fields.map((name) => valueOf(form.elements[name])));
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
  if (saved && values[SLUG] === JSON.parse(saved)[SLUG]) values[SLUG] = "";
  return JSON.stringify(values);
}

function backUp() {
  if (isChanged()) storage((place) => place.setItem(backupKey(), packed()));
  else storage((place) => place.removeItem(backupKey()));
}

function tell(sentence) {
  state().textContent = sentence;
}

// A draft saves itself. What readers see changes only by the button: until then a copy is kept aside.
function mayAutosave() {
  return isChanged() && (say.published === "true" || form.elements.title.value.trim() !== "");
}

function changed(event) {
  if (event?.target.name === "link_query") return;
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
  if (!slug || !one.value || one.value !== values[SLUG]) return;
  one.value = slug;
  values[SLUG] = slug;
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
  if (event.detail.requestConfig?.elt !== form || answer.saved !== "true") return;
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

function fill(values) {
  fields.forEach((name, index) => {
    const one = form.elements[name];
    if (!one || values[index] === undefined || (index === SLUG && !values[index])) return;
    if (one.type === "checkbox") one.checked = values[index] !== "";
    else one.value = values[index];
  });
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

// The server trims, and finds the address: what differs in nothing else is saved.
function isSaved(kept) {
  const now = JSON.parse(saved);
  const tidy = (value, index) => (index === TAGS ? value.split(",").map((tag) => tag.trim()).join() : value.trim());
  return JSON.parse(kept).every(
    (value, index) => (index === SLUG && !value) || tidy(value, index) === tidy(now[index] ?? "", index),
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
  if (!found || JSON.parse(found).length !== fields.length || isSaved(found)) return;
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
