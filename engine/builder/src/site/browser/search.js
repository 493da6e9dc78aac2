/** Search over the whole course, in a dialog: the words of all pages come when it opens first. */
import MiniSearch from "minisearch";

const MOST = 12;
/** Letters around the first word that was found. */
const AROUND = 70;

/** "scaledDotProductAttention" is found by its parts too. */
function terms(word) {
  const parts = word.split(/(?<=[a-z])(?=[A-Z])|[_./]/);
  const all = parts.length > 1 ? [word, ...parts] : [word];
  return all.map((part) => part.toLowerCase()).filter((part) => part !== "");
}

/** A heading that has the very word counts more than one that has it as a part. */
function weight(_id, term, { heading }) {
  const words = heading.toLowerCase().split(/[^\p{L}\p{N}_]+/u);
  return words.includes(term) ? 4 : 1;
}

const OPTIONS = {
  fields: ["heading", "page", "text"],
  storeFields: ["href", "page", "heading", "text"],
  processTerm: terms,
  searchOptions: {
    boost: { heading: 4, page: 2 },
    prefix: (term) => term.length > 1,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: "AND",
    boostDocument: weight,
  },
};

let index;

async function build() {
  const response = await fetch(document.documentElement.dataset.search, { cache: "no-cache" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const made = new MiniSearch(OPTIONS);
  made.addAll(await response.json());
  return made;
}

function loadIndex() {
  index ??= build();
  index.catch(() => {
    index = undefined; // the next letter tries again
  });
  return index;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The text around the first word found, with all such words marked. */
function excerpt(text, words) {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(`(${escaped.join("|")})`, "gi");
  const at = Math.max(0, text.search(found));
  const from = at > AROUND ? text.indexOf(" ", at - AROUND) + 1 : 0;
  const shown = text.slice(from, at + 2 * AROUND);
  const line = element("span", "excerpt", from > 0 ? "… " : "");
  for (const [i, part] of shown.split(found).entries()) {
    line.append(i % 2 === 1 ? element("mark", "", part) : part);
  }
  if (at + 2 * AROUND < text.length) line.append(" …");
  return line;
}

function entry({ href, page, heading, text, terms: words }, i) {
  const link = element("a", "found");
  link.href = href;
  link.id = `found-${i}`;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  link.tabIndex = -1;
  link.append(element("span", "where", page), element("strong", "", heading));
  if (text) link.append(excerpt(text, words));
  return link;
}

const MARKUP = `
<form method="dialog">
<input type="search" role="combobox" aria-label="Search the course" aria-expanded="false" aria-controls="found" aria-autocomplete="list" placeholder="Search the course" autocomplete="off" spellcheck="false" enterkeyhint="search">
<button type="button" class="close">Close</button>
</form>
<p class="state" role="status"></p>
<div id="found" role="listbox" aria-label="Found"></div>`;

function dialogOf() {
  const dialog = element("dialog", "search");
  dialog.setAttribute("aria-label", "Search");
  dialog.innerHTML = MARKUP;
  document.body.append(dialog);
  return dialog;
}

/** Which of the entries the arrow keys have chosen. */
function choosing(input, list) {
  let at = -1;
  const choose = (i) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = Math.max(-1, Math.min(list.children.length - 1, i));
    const chosen = list.children[at];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen?.id ?? "");
  };
  return { move: (by) => choose(at + by), reset: () => choose(0), chosen: () => list.children[at] };
}

function said(count) {
  if (count === 0) return "Nothing found. Try fewer letters, or another word.";
  return count > MOST ? `The best ${MOST} of ${count} places` : "";
}

/** Searches for what stands in the input, and lists what it finds. */
function searching({ input, list, state }, choice) {
  return async () => {
    const query = input.value.trim();
    let found = [];
    let says = "";
    try {
      const made = await loadIndex();
      if (query !== input.value.trim()) return; // more letters have come
      if (query !== "") {
        found = made.search(query);
        says = said(found.length);
      }
    } catch {
      says = "Search needs a file that couldn’t be loaded. Check your connection.";
    }
    state.textContent = says;
    list.replaceChildren(...found.slice(0, MOST).map(entry));
    input.setAttribute("aria-expanded", String(found.length > 0));
    choice.reset();
  };
}

/** / and Ctrl+K, while nothing is being written. */
function isShortcut({ key, target, ctrlKey, metaKey }) {
  if (key === "k") return ctrlKey || metaKey;
  if (key !== "/" || ctrlKey || metaKey) return false;
  return !target.closest?.("input, textarea, select, [contenteditable]");
}

/** @param buttons open the dialog; so do the shortcuts */
export function search(buttons) {
  const dialog = dialogOf();
  const [input, list, state] = ["input", "#found", ".state"].map((part) =>
    dialog.querySelector(part),
  );
  const choice = choosing(input, list);
  const show = searching({ input, list, state }, choice);
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    void show();
  };
  input.addEventListener("input", () => void show());
  input.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (by === undefined) choice.chosen()?.click();
    else choice.move(by);
  });
  list.addEventListener("click", () => dialog.close());
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    event.preventDefault();
    open();
  });
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
}
