/** splitByFamily: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** Rows that descend from three ancestors, mixed. */
function draw(random: Random, columns: number, gaps: number): string[] {
  const letter = () => random.pick([..."ACDEFGHIKL"]);
  const ancestors = [0, 1, 2].map(() => Array.from({ length: columns }, letter));
  return Array.from({ length: 12 }, () => {
    const mutated = ancestors[random.int(0, 2)]!.map((c) => (random.next() < 0.12 ? letter() : c));
    return mutated.map((c) => (random.next() < gaps ? "-" : c)).join("");
  });
}

const exercise: Exercise = {
  cases: (random) => {
    const one = random.pick([..."ACDE"]);
    const chain = ["AAAA", "AAAC", "AACC", "ACCC", "CCCC"];
    return [
      { group: "values", title: "no options are given", args: [draw(random, 20, 0)] },
      {
        group: "values",
        title: "half of the rows are for the test",
        args: [draw(random, 15, 0.1), { share: 0.5 }],
      },
      {
        group: "values",
        title: "identity is 0.45",
        args: [draw(random, 11, 0), { identity: 0.45, share: 0.4 }],
      },
      {
        group: "values",
        title: "each row is a relative of the next one",
        args: [["GGGG", ...chain], { identity: 0.75 }],
      },
      {
        group: "values",
        title: "relatives of relatives come before what links them",
        args: [["AAAA", "GGGG", "CCCC", "AACC", "ACCC", "AAAC"], { identity: 0.75, share: 0.3 }],
      },
      {
        group: "values",
        title: "the first family doesn't fit, and the next one does",
        args: [["AAAA", "AAAA", "CCCC", "GGGG", one.repeat(4)], { share: 0.3 }],
      },
      {
        group: "property",
        title: "an identity is just reached",
        args: [["AAAA", "AACC", "GGGG", "HHHH"], { identity: 0.5, share: 0.5 }],
      },
      {
        group: "property",
        title: "two rows share gaps and few letters",
        args: [["AC--", "AG--", "TTTT"], { identity: 0.6, share: 0.7 }],
      },
      {
        group: "property",
        title: "a short row is a piece of a long one",
        args: [["ACDEFGHI", "TTTTTTTT", "AC------"], { share: 0.4 }],
      },
      {
        group: "property",
        title: "two rows have no column in common",
        args: [["AA--", "--AA"], { identity: 0.2, share: 0.5 }],
      },
      { group: "property", title: "share is 0", args: [draw(random, 10, 0), { share: 0 }] },
      { group: "property", title: "share is 1", args: [draw(random, 10, 0), { share: 1 }] },
      { group: "shapes", title: "there is no row", args: [[]] },
      { group: "shapes", title: "there is one row", args: [["ACD"]] },
      { group: "errors", title: "a row is shorter", args: [["ACD", "AC"]], throws: "rows" },
      {
        group: "errors",
        title: "identity is 0",
        args: [["AC"], { identity: 0 }],
        throws: "identity",
      },
      { group: "errors", title: "share is 20", args: [["AC"], { share: 20 }], throws: "share" },
      {
        group: "shapes",
        title: "there is one drawn row",
        args: [draw(random, 6, 0.2).slice(0, 1)],
      },
      { group: "shapes", title: "there are two rows", args: [draw(random, 8, 0.2).slice(0, 2)] },
      { group: "shapes", title: "rows are short", args: [draw(random, 6, 0.1)] },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "found.push(other); // its relatives are looked for as well",
          "sizes[family] = (sizes[family] ?? 1) + 1;",
        ],
        ["sizes.push(found.length);", "sizes[family] ??= 1;"],
      ],
      message:
        "A family holds the relatives of its first row alone. Relatives of relatives belong to it, too.",
    },
    {
      edits: [['if (a[column] === "-" || b[column] === "-") continue;', ""]],
      message: "Columns with gaps count. Only those count in which neither row has a gap.",
    },
    {
      edits: [
        [
          'if (a[column] === "-" || b[column] === "-") continue;',
          'if (a[column] === "-" && b[column] === "-") continue;',
        ],
      ],
      message:
        "A gap counts as a difference. Divide by the number of columns without a gap in either row.",
    },
    {
      edits: [["same / both", "same / a.length"]],
      message:
        "A gap counts as a difference. Divide by the number of columns without a gap in either row.",
    },
    {
      edits: [
        ["identityOf(rows[member]!, row) < identity", "identityOf(rows[member]!, row) <= identity"],
      ],
      message: "You leave out rows whose identity is exactly the limit. At least means ≥.",
    },
    {
      edits: [
        [
          "const fits = filled + size <= share * rows.length;",
          "const fits = isOpen && filled + size <= share * rows.length;\n    isOpen = fits;",
        ],
        ["let filled = 0;", "let filled = 0;\n  let isOpen = true;"],
      ],
      message:
        "You stop at the first family that doesn't fit. It goes to train, and the next one is tried.",
    },
    {
      edits: [
        [
          "const fits = filled + size <= share * rows.length;",
          "const fits = filled < share * rows.length;",
        ],
      ],
      message:
        "Your test holds more than share · N rows: a family went in that doesn't fit any more.",
    },
    {
      edits: [
        [
          "const of = (part: boolean) => [...rows.keys()].filter((n) => isTest[families[n]!] === part);",
          `void isTest;
  const of = (part: boolean) =>
    [...rows.keys()].filter((n) => n < Math.floor(share * rows.length) === part);`,
        ],
      ],
      message: "Your test cuts a family in two. Whole families go to one part.",
    },
    {
      edits: [
        ["both === 0 ? 0 : same / both", "same / both"],
        [
          "|| identityOf(rows[member]!, row) < identity",
          "|| !!(identityOf(rows[member]!, row) < identity)",
        ],
      ],
      message: "Rows without a common column become relatives, since 0 / 0 isn't below anything.",
    },
    {
      edits: [["isTest[families[n]!] === part)", "isTest[families[n]!] !== part)"]],
      message: "Train and test are swapped.",
    },
    {
      edits: [
        [
          "if (families[first]! >= 0) return;",
          `const near = rows.findIndex((row, n) => n < first && identityOf(row, rows[first]!) >= identity);
    if (near >= 0) {
      families[first] = families[near]!;
      sizes[families[near]!]! += 1;
      return;
    }`,
        ],
        ["for (const member of found) {", "for (const member of [] as number[]) {"],
      ],
      message:
        "A row joins one family and never connects two. A row with relatives in both makes " +
        "them one.",
    },
    {
      edits: [
        [
          "return { families, train: of(false), test: of(true) };",
          `const asText = (part: boolean) => of(part).sort((a, b) => (String(a) < String(b) ? -1 : 1));
  return { families, train: asText(false), test: asText(true) };`,
        ],
      ],
      message:
        "Row numbers are sorted as texts, so 10 comes before 2. Give sort a function that " +
        "compares numbers.",
    },
    {
      edits: [
        [
          "sizes.push(found.length);",
          `sizes.push(found.length);
    walk.push(...found);`,
        ],
        [
          "const sizes: number[] = [];",
          `const sizes: number[] = [];
  const walk: number[] = [];`,
        ],
        ["[...rows.keys()].filter(", "walk.filter("],
      ],
      message:
        "The rows come family by family, in the order in which you found them. Sort train and " +
        "test.",
    },
    {
      edits: [
        [
          "both === 0 ? 0 : same / both",
          "both === 0 ? 0 : same / Math.min(letters(a), letters(b))",
        ],
        [
          "let [both, same] = [0, 0];",
          `let [both, same] = [0, 0];
  const letters = (row: string) => row.replaceAll("-", "").length;`,
        ],
      ],
      message:
        "You divide by the letters of the shorter row. Divide by the columns in which neither " +
        "row has a gap.",
    },
  ],
};
export default exercise;
