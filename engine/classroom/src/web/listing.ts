/** Long lists in pages: which students an address asks for, and the ways to the others. */
import { markup, nothing, type Markup } from "grader/reports";
import type { Student } from "../types.js";

/** Rows of one page. */
export const PAGE_ROWS = 50;

export interface ListQuery {
  /** Words that name, number, email, login or section hold. */
  find: string;
  status: string;
  /** The first is 1. */
  page: number;
}

/** What an address asks for; what isn't text, or no number of a page, is as good as missing. */
export function readListQuery(query: unknown): ListQuery {
  const { find, status, page } = query as { [name: string]: unknown };
  const text = (value: unknown) => (typeof value === "string" ? value.slice(0, 200) : "");
  const number = Number(text(page));
  return {
    find: text(find),
    status: text(status),
    page: Number.isInteger(number) && number > 1 ? number : 1,
  };
}

/** Without accents and in small letters, so that "zoe" finds Zoë. */
const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a student is meant: every word is somewhere in what the roster summary. */
export function finder(find: string): (student: Student) => boolean {
  const words = fold(find).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return ({ name, number, email, login, section }) => {
    const text = fold([name, number, email, login, section].join("\n"));
    return words.every((word) => text.includes(word));
  };
}

export interface Listing<T> {
  query: ListQuery;
  /** Of this page. */
  shown: T[];
  /** Of all pages. */
  found: number;
  page: number;
  pages: number;
}

export function listing<T>(found: T[], query: ListQuery): Listing<T> {
  const pages = Math.max(1, Math.ceil(found.length / PAGE_ROWS));
  const page = Math.min(query.page, pages);
  const shown = found.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  return { query, shown, found: found.length, page, pages };
}

const addressOf = (at: string, { find, status }: ListQuery, page: number) => {
  const words = { ...(find && { find }), ...(status && { status }), page: String(page) };
  return `${at}?${new URLSearchParams(words).toString()}`;
};

/** A field to search by, with choices of a status where there are any. */
export function searchForm(
  at: string,
  { find, status }: ListQuery,
  statuses: string[] = [],
  label = "Find a student",
): Markup {
  const options = statuses.map((s) =>
    s === status ? markup`<option selected>${s}</option>` : markup`<option>${s}</option>`,
  );
  const choice =
    statuses.length > 0
      ? markup`<label>Status <select name="status"><option value="">any</option>${options}</select></label>`
      : nothing;
  const all = find || status ? markup`<a href="${at}">Show all</a>` : nothing;
  return markup`<form class="find" role="search" method="get" action="${at}">
<label>${label} <input type="search" name="find" value="${find}"></label>${choice}
<button>Find</button>${all}</form>`;
}

/** How many there are, and the ways to the other pages. @param what is listed */
export function pager(
  at: string,
  { query, found, page, pages, shown }: Listing<unknown>,
  { what, none }: { what: string; none: string } = { what: "Students", none: "Nobody is found." },
): Markup {
  const first = (page - 1) * PAGE_ROWS + 1;
  const which = found === 0 ? none : `${what} ${first}–${first + shown.length - 1} of ${found}`;
  const summary = markup`<p role="status">${which}</p>`;
  if (pages === 1) return summary;
  const link = (to: number, rel: string, text: string) =>
    to < 1 || to > pages
      ? markup`<span>${text}</span>`
      : markup`<a rel="${rel}" href="${addressOf(at, query, to)}">${text}</a>`;
  return markup`${summary}<nav class="pages" aria-label="Pages">${link(page - 1, "prev", "Previous")}
<span>Page ${page} of ${pages}</span>${link(page + 1, "next", "Next")}
<span class="keys">Keys: <kbd>/</kbd> searches, <kbd>n</kbd> and <kbd>p</kbd> turn pages.</span></nav>`;
}
