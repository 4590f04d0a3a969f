// Pictures by drop, paste and pick. What a dropped one shows is asked below the text; nobody has to wait or answer.

import { bodies, body, form, put, putElsewhere, report, say, turnTo } from "./text.js";

const dialog = document.getElementById("pictures");
const asking = document.getElementById("asking");
const named = (sentence, file) => sentence.replace("{name}", file.name);
const token = () => form.elements.csrf_token.value;
const asWords = (alt) => alt.trim().replace(/\s+/g, " ").replace(/[[\]\\]/g, "\\$&");

async function upload(file, alt) {
  if (file.size > Number(say.uploadBytes)) throw new Error(named(say.sayTooLarge, file));
  const parts = new FormData();
  parts.append("csrf_token", token());
  parts.append("file", file);
  parts.append("alt", alt);
  const headers = { Accept: "application/json", "X-CSRF-Token": token() };
  const answer = await fetch("/admin/media", { method: "POST", body: parts, headers, credentials: "same-origin" });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.errors?.[0]?.detail ?? told.detail ?? named(say.sayUploadFailed, file));
  return told;
}

// A picture stands in a paragraph of its own.
function putPicture(alt, url) {
  const before = body.value.slice(0, body.selectionStart);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  put(`${gap}![${asWords(alt)}](${url})\n\n`);
}

// Into the text, and to the file, so that the next post that shows it has the words already.
function describe(picture, alt) {
  const bare = `![](${picture.url})`;
  const text = bodies.find((one) => one.value.includes(bare));
  if (text) turnTo(text);
  const start = text ? text.value.indexOf(bare) : -1;
  if (start >= 0) putElsewhere(`![${asWords(alt)}](${picture.url})`, start, start + bare.length);
  const parts = new URLSearchParams({ csrf_token: token(), alt });
  const headers = { "X-CSRF-Token": token() };
  fetch(picture.edit_url, { method: "POST", body: parts, headers, credentials: "same-origin", redirect: "manual" }).catch(() => {});
}

function ask(picture, file) {
  const box = document.getElementById("ask-picture").content.firstElementChild.cloneNode(true);
  const input = box.querySelector("input");
  input.id = `ask-${picture.key}`;
  box.querySelector("label").htmlFor = input.id;
  box.querySelector("[data-ask-name]").textContent = file.name;
  box.querySelector("img").src = picture.url;
  const done = () => {
    box.remove();
    asking.hidden = !asking.children.length;
    (asking.querySelector("input") ?? body).focus();
  };
  const answer = () => {
    if (!input.value.trim()) return input.focus();
    describe(picture, input.value);
    return done();
  };
  box.querySelector("[data-ask=describe]").addEventListener("click", answer);
  box.querySelector("[data-ask=decorative]").addEventListener("click", done);
  input.addEventListener("input", (event) => event.stopPropagation()); // it is no part of the form
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    answer();
  });
  asking.append(box);
  asking.hidden = false;
}

async function putPictures(text, files) {
  for (const file of files) {
    report(named(say.sayUploading, file));
    try {
      const picture = await upload(file, "");
      turnTo(text);
      putPicture(picture.alt, picture.url);
      report(picture.notice || named(say.sayUploaded, file));
      if (!picture.alt) ask(picture, file);
    } catch (trouble) {
      report(trouble instanceof TypeError ? named(say.sayUploadFailed, file) : trouble.message);
    }
  }
}

const picturesIn = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
for (const text of dialog ? bodies : []) {
  text.addEventListener("dragover", (event) => { event.preventDefault(); text.classList.add("is-dropping"); });
  text.addEventListener("dragleave", () => text.classList.remove("is-dropping"));
  for (const [kind, transfer] of [["drop", "dataTransfer"], ["paste", "clipboardData"]]) {
    text.addEventListener(kind, (event) => {
      text.classList.remove("is-dropping");
      const files = picturesIn(event[transfer]);
      if (!files.length) return;
      event.preventDefault();
      putPictures(text, files);
    });
  }
}

dialog?.addEventListener("click", (event) => {
  const choice = event.target.closest(".picture-choice");
  if (!choice) return;
  dialog.close();
  putPicture(choice.dataset.alt, choice.dataset.url);
});
document.getElementById("picture-upload")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const error = document.getElementById("picture-error");
  const { file, alt } = event.target.elements;
  error.textContent = "";
  try {
    const picture = await upload(file.files[0], alt.value);
    dialog.close();
    putPicture(alt.value, picture.url);
    event.target.reset();
  } catch (trouble) {
    error.textContent = trouble instanceof TypeError ? named(say.sayUploadFailed, file.files[0]) : trouble.message;
  }
});
