// What a visitor marked, kept by her browser alone: by sheet, then by question, 1 known, 2 learning, 3 skip.

const KEY = "matrix";
export const KINDS = ["", "known", "learning", "skip"];

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
  } catch {
    return {};
  }
}

function usable(marks) {
  return Object.fromEntries(
    Object.entries(marks ?? {}).filter(([mark, kind]) => /^[0-9a-f]{8}$/.test(mark) && KINDS[kind]),
  );
}

export function marksOf(sheet) {
  return usable(read()[sheet]);
}

export function keep(sheet, marks) {
  const kept = read();
  if (Object.keys(marks).length) kept[sheet] = usable(marks);
  else delete kept[sheet];
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing shows the marks until the page goes.
  }
}

export function exported() {
  const sheets = Object.entries(read()).map(([sheet, marks]) => [
    sheet,
    Object.fromEntries(Object.entries(usable(marks)).map(([mark, kind]) => [mark, KINDS[kind]])),
  ]);
  return { format: "terrace-progress", version: 1, site: location.origin, sheets: Object.fromEntries(sheets) };
}

// A link carries marks as bytes: for each kind how many there are, then four bytes of each question's id. Places in the
// sheet would be shorter, but they would mean other questions as soon as the owner adds one.
export function packed(marks) {
  const bytes = [1];
  for (let kind = 1; kind < KINDS.length; kind += 1) {
    const those = Object.keys(marks).filter((mark) => marks[mark] === kind).sort();
    bytes.push(those.length >> 8, those.length & 255);
    for (const mark of those) for (let at = 0; at < 8; at += 2) bytes.push(parseInt(mark.slice(at, at + 2), 16));
  }
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function unpacked(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
  if (bytes[0] !== 1) return null;
  const marks = {};
  let at = 1;
  for (let kind = 1; kind < KINDS.length; kind += 1) {
    const count = (bytes[at] << 8) | bytes[at + 1];
    at += 2;
    if (at + 4 * count > bytes.length) return null;
    for (let left = count; left; left -= 1, at += 4) {
      const id = [...bytes.slice(at, at + 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      marks[id] = kind;
    }
  }
  return at === bytes.length ? marks : null;
}
