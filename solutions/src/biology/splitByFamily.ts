/**
 * A split of related sequences without a leak: whole families go to train or to test, as in TAPE
 * (Rao et al. 2019, arXiv:1906.08230). Families are found by single linkage, as for the small ESM of
 * lesson 08.
 */
import type { FamilySplit } from "./types";

/**
 * Puts rows of one alignment into families and families into two parts.
 *   1. The identity of two rows is the share of equal letters among the columns in which neither
 *      has a gap, "-"; 0 if there is no such column.
 *   2. Rows whose identity is at least `identity` are relatives, and so are relatives of relatives:
 *      a family is all rows that are connected. Families count from 0 by their first row.
 *   3. The families are taken in this order. A family goes to the test if the test then has at most
 *      share · N rows; else it goes to train, and the next one is tried.
 * So no row of the test has an identity of `identity` or more with a row of train. To draw a split
 * at random, shuffle the rows before.
 * @param rows N strings of one length, in capital letters and "-"
 * @param options identity, above 0 and at most 1, default 0.7; share, from 0 to 1, default 0.2
 * @returns the family of each row, and the numbers of the rows in train and in test, ascending
 * @throws when rows have different lengths, or an option is out of range
 */
export function splitByFamily(
  rows: string[],
  options: { identity?: number; share?: number } = {},
): FamilySplit {
  const { identity = 0.7, share = 0.2 } = options;
  expectSplit(rows, identity, share);
  // yours
  const families = new Array<number>(rows.length).fill(-1);
  const sizes: number[] = [];
  rows.forEach((_, first) => {
    if (families[first]! >= 0) return;
    const family = sizes.length;
    const found = [first];
    families[first] = family;
    for (const member of found) {
      rows.forEach((row, other) => {
        if (families[other]! >= 0 || identityOf(rows[member]!, row) < identity) return;
        families[other] = family;
        found.push(other); // its relatives are looked for as well
      });
    }
    sizes.push(found.length);
  });
  let filled = 0;
  const isTest = sizes.map((size) => {
    const fits = filled + size <= share * rows.length;
    if (fits) filled += size;
    return fits;
  });
  const of = (part: boolean) => [...rows.keys()].filter((n) => isTest[families[n]!] === part);
  return { families, train: of(false), test: of(true) };
}

function identityOf(a: string, b: string): number {
  let [both, same] = [0, 0];
  for (let column = 0; column < a.length; column++) {
    if (a[column] === "-" || b[column] === "-") continue;
    both++;
    if (a[column] === b[column]) same++;
  }
  return both === 0 ? 0 : same / both;
}

// given
function expectSplit(rows: string[], identity: number, share: number): void {
  const other = rows.find((row) => row.length !== rows[0]!.length);
  if (other !== undefined) {
    const [expected, got] = [rows[0]!.length, other.length];
    throw new Error(`splitByFamily: expected rows of ${expected} columns, got ${got}`);
  }
  if (!(identity > 0 && identity <= 1)) {
    throw new Error(`splitByFamily: expected identity above 0, at most 1, got ${identity}`);
  }
  if (!(share >= 0 && share <= 1)) {
    throw new Error(`splitByFamily: expected share from 0 to 1, got ${share}`);
  }
}
