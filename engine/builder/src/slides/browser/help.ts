/** The keys of a deck, as a list over the slide; reveal.js's own list names keys that decks don't use. */

const KEYS: [keys: string[], action: string][] = [
  [["→", "Space"], "Next step or slide"],
  [["←"], "Back"],
  [["Home", "End"], "First or last slide"],
  [["O", "Esc"], "All slides"],
  [["S"], "Speaker view, with notes"],
  [["D"], "Light or dark"],
  [["F"], "Full screen"],
  [["B"], "Black screen"],
  [["?"], "These keys"],
];

const dialog = document.createElement("dialog");
dialog.className = "keys";
dialog.setAttribute("aria-label", "Keys");

function rowOf([keys, action]: [string[], string]): HTMLElement {
  const row = document.createElement("div");
  const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
  for (const name of keys) {
    const key = document.createElement("kbd");
    key.textContent = name;
    term.append(key, " ");
  }
  meaning.textContent = action;
  row.append(term, meaning);
  return row;
}

const list = document.createElement("dl");
list.append(...KEYS.map(rowOf));
dialog.append(list);
document.body.append(dialog);

// a modal dialog gives the focus back when it closes
dialog.addEventListener("click", () => dialog.close());
dialog.addEventListener("keydown", (event) => {
  event.stopPropagation(); // reveal.js would turn the slides
  if (!["Escape", "?", "Enter"].includes(event.key)) return;
  event.preventDefault();
  dialog.close();
});

/** Opens the list of keys; Escape, ? or a click closes it. */
export function openHelp(): void {
  if (!dialog.open) dialog.showModal();
}
