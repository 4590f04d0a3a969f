// Passkeys need the browser's own functions (WebAuthn). Where there are none, the rest of each form works without them.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function understood(options) {
  const known = { ...options, challenge: bytes(options.challenge) };
  if (options.user) known.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) known[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return known;
}

function spelt(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: text(credential.rawId), type, response, clientExtensionResults: {} });
}

async function asked(form) {
  const sent = new URLSearchParams();
  for (const name of ["csrf_token", "name"]) {
    if (form.elements[name]) sent.set(name, form.elements[name].value);
  }
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    headers: { accept: "application/json" },
    body: sent,
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.errors?.[0]?.detail ?? said.detail, { cause: "said" });
  return understood(said);
}

async function begin(form, trouble) {
  trouble.hidden = true;
  try {
    const publicKey = await asked(form);
    const credential =
      form.dataset.passkey === "get"
        ? await navigator.credentials.get({ publicKey })
        : await navigator.credentials.create({ publicKey });
    form.elements.credential.value = spelt(credential);
    form.submit();
  } catch (error) {
    trouble.textContent = error.cause === "said" ? error.message : trouble.dataset.failed;
    trouble.hidden = false;
  }
}

if (globalThis.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const trouble = form.querySelector("[data-passkey-trouble]");
    const button = form.querySelector("[data-passkey-button]");
    form.hidden = false;
    for (const part of form.querySelectorAll("[data-passkey-part]")) part.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      for (const name of ["name", "current_password"]) {
        if (form.elements[name] && !form.elements[name].reportValidity()) return;
      }
      button.disabled = true;
      begin(form, trouble).finally(() => {
        button.disabled = false;
      });
    });
  }
}
