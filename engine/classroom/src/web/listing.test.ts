/** Lists in pages: who is found, and that each page has its part and no other. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { student } from "../class.testing.js";
import { finder, listing, PAGE_ROWS, pager, readListQuery } from "./listing.js";

test("accents, case and order of words don't matter, and every word must be there", () => {
  const one = student("x", { name: "Trần Nguyễn", number: "1007", section: "B" });
  for (const find of ["", " ", "nguyen", "TRAN", "nguyễn trần", "1007", "tran b 100", "x@x.edu"]) {
    expect(finder(find)(one), find).toBe(true);
  }
  for (const find of ["nguyen zoe", "1008", "%", ".*"]) expect(finder(find)(one), find).toBe(false);
});

test("what an address asks for is text and a page's number, whatever it says", () => {
  expect(readListQuery({})).toEqual({ find: "", status: "", page: 1 });
  expect(readListQuery({ find: ["a", "b"], status: "graded", page: "3" })).toEqual({
    find: "",
    status: "graded",
    page: 3,
  });
  for (const page of ["0", "-1", "1.5", "1e99", "x", "NaN", "Infinity"]) {
    const asked = readListQuery({ page });
    expect(listing([1, 2], asked).page, page).toBe(1);
  }
});

test("the pages together are the list, in its order", () => {
  fc.assert(
    fc.property(fc.nat(4 * PAGE_ROWS), (length) => {
      const all = Array.from({ length }, (_, i) => i);
      const { pages } = listing(all, readListQuery({}));
      const parts = Array.from({ length: pages }, (_, i) =>
        listing(all, readListQuery({ page: `${i + 1}` })),
      );
      expect(parts.flatMap(({ shown }) => shown)).toEqual(all);
      expect(parts.every(({ shown }) => shown.length <= PAGE_ROWS)).toBe(true);
    }),
  );
});

test("a page leads to its neighbors with what was searched for, which is text", () => {
  const asked = { find: 'a&b="<', status: "graded", page: 2 };
  const { text } = pager("/roster", listing(Array<number>(3 * PAGE_ROWS).fill(0), asked));
  expect(text).toContain("Students 51–100 of 150");
  expect(text).toContain(
    'rel="prev" href="/roster?find=a%26b%3D%22%3C&amp;status=graded&amp;page=1"',
  );
  expect(text).toContain("page=3");
  expect(pager("/roster", listing([], asked)).text).toContain("Nobody is found.");
});
