// The page and the sentences that it has for its scripts.

export const root = document.getElementById("matrix");
export const say = root.dataset;

export function announce(sentence) {
  document.getElementById("live").textContent = sentence;
}

// A sentence with its {gaps} filled in.
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
}
