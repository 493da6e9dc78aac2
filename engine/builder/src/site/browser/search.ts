/** Searches the whole course, in a dialog. The words of all pages are loaded when it first opens. */
import MiniSearch, { type Options, type SearchResult } from "minisearch";

const MAX_SHOWN = 12;
/** Letters of an excerpt before the first word found, and half of those after it. */
const EXCERPT_CONTEXT = 70;

/** A part of a page, as search.json has it. */
interface Section {
  id: number;
  href: string;
  page: string;
  heading: string;
  text: string;
}
type Found = SearchResult & Section;

/** Indexes "scaledDotProductAttention" by its parts too. */
function terms(word: string): string[] {
  const parts = word.split(/(?<=[a-z])(?=[A-Z])|[_./]/);
  const all = parts.length > 1 ? [word, ...parts] : [word];
  return all.map((part) => part.toLowerCase()).filter((part) => part !== "");
}

/** Prefers a heading with the exact word to one with a longer word that contains it. */
function headingBoost(_id: number, term: string, stored?: Record<string, unknown>): number {
  const words = String(stored?.heading)
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u);
  return words.includes(term) ? 4 : 1;
}

const OPTIONS: Options<Section> = {
  fields: ["heading", "page", "text"],
  storeFields: ["href", "page", "heading", "text"],
  processTerm: terms,
  searchOptions: {
    boost: { heading: 4, page: 2 },
    prefix: (term) => term.length > 1,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: "AND",
    boostDocument: headingBoost,
  },
};

/** What search.json holds. */
interface SearchFile {
  sections: Section[];
  /** By a word in small letters that readers type: the course's own words for it. */
  synonyms: Record<string, string[]>;
}

interface Index {
  words: MiniSearch<Section>;
  synonyms: SearchFile["synonyms"];
}

let index: Promise<Index> | undefined;

async function buildIndex(): Promise<Index> {
  const response = await fetch(document.documentElement.dataset.search!, { cache: "no-cache" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const { sections, synonyms } = (await response.json()) as SearchFile;
  const words = new MiniSearch(OPTIONS);
  words.addAll(sections);
  return { words, synonyms };
}

/** English words that say nothing about a place, unless somebody types nothing else. */
const STOP_WORDS = new Set(
  "a an and are as at be by do for from how in is it of on or the to with".split(" "),
);

function typedWords(query: string): string[] {
  const all = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}_-]+/u)
    .filter((word) => word !== "");
  const telling = all.filter((word) => !STOP_WORDS.has(word));
  return telling.length > 0 ? telling : all;
}

/** What a search has found. */
interface Findings {
  found: Found[];
  /** Whether no place has all of the words, so that these have some of them, or similar ones. */
  isLoose: boolean;
}

/**
 * The places that hold each word of the query, or one of its synonyms; where there are none, those
 * that hold some of them, or words that differ in two letters.
 */
function find({ words, synonyms }: Index, query: string): Findings {
  const queries = typedWords(query).map((word) => {
    const others = Object.hasOwn(synonyms, word) ? synonyms[word]! : [];
    return { combineWith: "OR" as const, queries: [word, ...others] };
  });
  const found = words.search({ combineWith: "AND", queries }) as Found[];
  if (found.length > 0) return { found, isLoose: false };
  const fuzzy = (term: string) => (term.length > 4 ? 2 : false);
  const loose = words.search({ combineWith: "OR", queries, fuzzy }) as Found[];
  return { found: loose, isLoose: true };
}

function loadIndex(): Promise<Index> {
  index ??= buildIndex();
  index.catch(() => {
    index = undefined; // typing the next letter tries again
  });
  return index;
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  created.className = className;
  if (text !== undefined) created.textContent = text;
  return created;
}

/** The text around the first word found, with all such words marked. */
function excerpt(text: string, words: string[]): HTMLElement {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(`(${escaped.join("|")})`, "gi");
  const at = Math.max(0, text.search(found));
  const from = at > EXCERPT_CONTEXT ? text.indexOf(" ", at - EXCERPT_CONTEXT) + 1 : 0;
  const shown = text.slice(from, at + 2 * EXCERPT_CONTEXT);
  const line = element("span", "excerpt", from > 0 ? "… " : "");
  for (const [i, part] of shown.split(found).entries()) {
    line.append(i % 2 === 1 ? element("mark", "", part) : part);
  }
  if (at + 2 * EXCERPT_CONTEXT < text.length) line.append(" …");
  return line;
}

function entry({ href, page, heading, text, terms: words }: Found, i: number): HTMLElement {
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

function createDialog(): HTMLDialogElement {
  const dialog = element("dialog", "search");
  dialog.setAttribute("aria-label", "Search");
  dialog.innerHTML = MARKUP;
  document.body.append(dialog);
  return dialog;
}

/** The entry that the arrow keys have selected. */
function createSelection(input: HTMLInputElement, list: HTMLElement) {
  let at = -1;
  const entryAt = (i: number) => list.children[i] as HTMLElement | undefined;
  const select = (i: number) => {
    entryAt(at)?.setAttribute("aria-selected", "false");
    at = Math.max(-1, Math.min(list.children.length - 1, i));
    const selected = entryAt(at);
    selected?.setAttribute("aria-selected", "true");
    selected?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", selected?.id ?? "");
  };
  return {
    move: (by: number) => select(at + by),
    reset: () => select(0),
    selected: () => entryAt(at),
  };
}

function countText({ found, isLoose }: Findings): string {
  const count = found.length;
  if (count === 0) return "Nothing found. Try fewer letters, or another word.";
  if (isLoose) return "No place has all of these words. The nearest:";
  return count > MAX_SHOWN ? `The best ${MAX_SHOWN} of ${count} places` : "";
}

interface SearchElements {
  input: HTMLInputElement;
  list: HTMLElement;
  state: HTMLElement;
}

/** @returns a function that searches for the input's text and lists what it finds */
function createSearch(
  { input, list, state }: SearchElements,
  selection: ReturnType<typeof createSelection>,
) {
  return async () => {
    const query = input.value.trim();
    let found: Found[] = [];
    let message = "";
    try {
      const loaded = await loadIndex();
      if (query !== input.value.trim()) return; // the reader has typed more
      if (query !== "") {
        const findings = find(loaded, query);
        found = findings.found;
        message = countText(findings);
      }
    } catch {
      message = "Search needs a file that couldn’t be loaded. Check your connection.";
    }
    state.textContent = message;
    list.replaceChildren(...found.slice(0, MAX_SHOWN).map(entry));
    input.setAttribute("aria-expanded", String(found.length > 0));
    selection.reset();
  };
}

/** Slash, outside of inputs, and Ctrl+K. */
function isShortcut({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (key === "k") return ctrlKey || metaKey;
  if (key !== "/" || ctrlKey || metaKey) return false;
  const isTyping =
    target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  return !isTyping;
}

/** @param buttons that open the dialog, as the shortcuts do */
export function search(buttons: Iterable<HTMLElement>): void {
  const dialog = createDialog();
  const input = dialog.querySelector("input")!;
  const list = dialog.querySelector<HTMLElement>("#found")!;
  const state = dialog.querySelector<HTMLElement>(".state")!;
  const selection = createSelection(input, list);
  const show = createSearch({ input, list, state }, selection);
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    void show();
  };
  input.addEventListener("input", () => void show());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault(); // some browsers empty the field first
      dialog.close();
      return;
    }
    const by = new Map([
      ["ArrowDown", 1],
      ["ArrowUp", -1],
    ]).get(event.key);
    if (by === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (by === undefined) selection.selected()?.click();
    else selection.move(by);
  });
  list.addEventListener("click", () => dialog.close());
  dialog.querySelector(".close")!.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
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
