// The writing desk: marks, pictures, saving by itself. Without it the form is a plain form that works.

const form = document.getElementById("editor");
const body = document.getElementById("f-body");
const say = form.dataset;
const backupKey = `terrace:${say.backup}`;
const kept = ["title", "slug", "description", "tags", "lang", "cover", "cover_alt", "body"];
const AUTOSAVE_MS = 2500;

const state = () => document.getElementById("save-state");
const text = () => JSON.stringify(kept.map((name) => form.elements[name]?.value ?? ""));
let saved = text();
let sent = saved;
let timer = 0;

const isChanged = () => text() !== saved;
const storage = (work) => { try { return work(localStorage); } catch { return null; } };

function keep() {
  if (isChanged()) storage((place) => place.setItem(backupKey, text()));
  else storage((place) => place.removeItem(backupKey));
}

function tell(sentence) {
  state().textContent = sentence;
}

// Drafts save themselves. What readers see changes only when somebody presses the button.
function mayAutosave() {
  const isWorthADraft = form.elements.title.value.trim() !== "";
  return say.published === "no" && isWorthADraft && isChanged();
}

function changed() {
  keep();
  if (!isChanged()) return;
  tell(say.sayUnsaved);
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (mayAutosave()) htmx.trigger(form, "autosave");
  }, AUTOSAVE_MS);
}

form.addEventListener("input", changed);
form.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== form) return;
  event.detail.path = form.getAttribute("action");
  sent = text();
  tell(say.saySaving);
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  const answer = state();
  if (event.detail.requestConfig?.elt !== form || !answer.dataset.saved) return;
  if (answer.dataset.saved !== "yes") return;
  const before = backupKey;
  saved = sent;
  form.elements.version.value = answer.dataset.version;
  if (form.getAttribute("action") !== answer.dataset.action) {
    form.setAttribute("action", answer.dataset.action);
    history.replaceState(history.state, "", `${answer.dataset.action}/edit`);
    storage((place) => place.removeItem(before));
  }
  keep();
  if (isChanged()) changed();
});
for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(trouble, (event) => {
    const status = event.detail.xhr?.status ?? 0;
    const isAnswered = [400, 409, 413, 415, 422, 428, 429].includes(status);
    if (event.detail.requestConfig?.elt === form && !isAnswered) tell(say.sayOffline);
  });
}

let isLeavingByForm = false;
form.addEventListener("submit", () => { clearTimeout(timer); keep(); isLeavingByForm = true; });
window.addEventListener("pageshow", () => { isLeavingByForm = false; });
window.addEventListener("beforeunload", (event) => {
  if (!isLeavingByForm && isChanged()) event.preventDefault();
});

function fill(values) {
  kept.forEach((name, index) => { if (form.elements[name]) form.elements[name].value = values[index]; });
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

function offerKept() {
  const found = storage((place) => place.getItem(backupKey));
  if (!found || found === saved) return;
  const box = document.getElementById("kept");
  box.hidden = false;
  box.addEventListener("click", (event) => {
    const choice = event.target.dataset?.kept;
    if (!choice) return;
    if (choice === "take") fill(JSON.parse(found));
    else storage((place) => place.removeItem(backupKey));
    box.hidden = true;
    body.focus();
  });
}
if (say.refused === "yes") saved = "";
else offerKept();

// execCommand keeps the browser's own undo; setRangeText is for those that dropped it.
function put(replacement, start = body.selectionStart, end = body.selectionEnd) {
  body.focus();
  body.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, replacement)) {
    body.setRangeText(replacement, start, end, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// A picture stands in a paragraph of its own.
function putPicture(alt, url) {
  const before = body.value.slice(0, body.selectionStart);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  put(`${gap}![${alt}](${url})\n\n`);
}

function around(mark, fallback) {
  const { selectionStart: start, selectionEnd: end, value } = body;
  const inner = value.slice(start, end) || fallback;
  put(`${mark}${inner}${mark}`);
  body.setSelectionRange(start + mark.length, start + mark.length + inner.length);
}

function beforeLines(prefix) {
  const { selectionStart, selectionEnd, value } = body;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", selectionEnd);
  const end = next < 0 ? value.length : next;
  put(value.slice(start, end).split("\n").map((line) => prefix + line).join("\n"), start, end);
}

function link() {
  const { selectionStart: start, selectionEnd: end, value } = body;
  const inner = value.slice(start, end) || say.sayLink;
  put(`[${inner}](https://)`);
  const address = start + inner.length + 3;
  body.setSelectionRange(address, address + "https://".length);
}

function code() {
  const chosen = body.value.slice(body.selectionStart, body.selectionEnd);
  if (chosen.includes("\n")) put(`\`\`\`\n${chosen}\n\`\`\``);
  else around("`", "");
}

const pictures = document.getElementById("pictures");
const marks = {
  heading: () => beforeLines("## "),
  bold: () => around("**", ""),
  italic: () => around("*", ""),
  link,
  quote: () => beforeLines("> "),
  list: () => beforeLines("- "),
  code,
  picture: () => pictures?.showModal(),
};
document.querySelector(".toolbar").addEventListener("click", (event) => {
  const button = event.target.closest("[data-mark]");
  if (button) marks[button.dataset.mark]();
});

const keys = { b: "bold", i: "italic", k: "link" };
form.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  if (event.key === "s") {
    event.preventDefault();
    form.querySelector("button[name=intent][value=save]").click();
  } else if (event.target === body && keys[event.key]) {
    event.preventDefault();
    marks[keys[event.key]]();
  }
});

const named = (sentence, file) => sentence.replace("{name}", file.name);
const uploads = document.getElementById("upload-state");

async function upload(file, alt) {
  if (file.size > Number(say.uploadBytes)) throw new Error(named(say.sayTooLarge, file));
  const parts = new FormData();
  parts.append("csrf_token", form.elements.csrf_token.value);
  parts.append("file", file);
  parts.append("alt", alt);
  const headers = { Accept: "application/json", "X-CSRF-Token": form.elements.csrf_token.value };
  const answer = await fetch("/admin/media", { method: "POST", body: parts, headers, credentials: "same-origin" });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.errors?.[0]?.detail ?? told.detail ?? named(say.sayUploadFailed, file));
  return told;
}

async function putPictures(files) {
  for (const file of files) {
    uploads.textContent = named(say.sayUploading, file);
    try {
      const picture = await upload(file, "");
      putPicture(say.sayDescribe, picture.url);
      uploads.textContent = named(say.sayUploaded, file);
    } catch (trouble) {
      uploads.textContent = trouble instanceof TypeError ? named(say.sayUploadFailed, file) : trouble.message;
    }
  }
}

const picturesIn = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
body.addEventListener("dragover", (event) => { event.preventDefault(); body.classList.add("is-dropping"); });
body.addEventListener("dragleave", () => body.classList.remove("is-dropping"));
for (const [kind, transfer] of [["drop", "dataTransfer"], ["paste", "clipboardData"]]) {
  body.addEventListener(kind, (event) => {
    body.classList.remove("is-dropping");
    const files = picturesIn(event[transfer]);
    if (!files.length || !pictures) return;
    event.preventDefault();
    putPictures(files);
  });
}

pictures?.addEventListener("click", (event) => {
  const choice = event.target.closest(".picture-choice");
  if (!choice) return;
  pictures.close();
  putPicture(choice.dataset.alt, choice.dataset.url);
});
document.getElementById("picture-upload")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const error = document.getElementById("picture-error");
  const { file, alt } = event.target.elements;
  error.textContent = "";
  try {
    const picture = await upload(file.files[0], alt.value);
    pictures.close();
    putPicture(alt.value, picture.url);
    event.target.reset();
  } catch (trouble) {
    error.textContent = trouble instanceof TypeError ? named(say.sayUploadFailed, file.files[0]) : trouble.message;
  }
});
