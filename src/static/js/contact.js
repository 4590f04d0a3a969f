// A small proof of work while somebody writes. Without it the form works as well: its absence is one weak sign of spam.

const form = document.querySelector("form[data-work]");
const BATCH = 256;
const PATIENCE = 4000;

function hasZeros(digest, bits) {
  return new DataView(digest).getUint32(0) >>> (32 - bits) === 0;
}

async function found(stamp, bits) {
  const encoder = new TextEncoder();
  for (let first = 0; ; first += BATCH) {
    const tries = Array.from({ length: BATCH }, (_, place) => String(first + place));
    const digests = await Promise.all(
      tries.map((nonce) => crypto.subtle.digest("SHA-256", encoder.encode(`${stamp}:${nonce}`))),
    );
    const place = digests.findIndex((digest) => hasZeros(digest, bits));
    if (place >= 0) return tries[place];
  }
}

if (form && globalThis.crypto?.subtle) {
  const { stamp, work } = form.elements;
  let underWay;
  const begin = () => {
    underWay ??= found(stamp.value, Number(form.dataset.work)).then((nonce) => {
      work.value = nonce;
    });
    return underWay;
  };
  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", (event) => {
    if (work.value) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([begin(), late]).finally(() => {
      button.disabled = false;
      form.submit();
    });
  });
}
