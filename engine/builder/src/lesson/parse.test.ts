import { expect, test } from "vitest";
import { HEAD, SETUP, parse, problems } from "./lesson.testing.js";

const exercise = (inside: string, head = "insert points=2 difficulty=1 minutes=10") =>
  `${HEAD}${SETUP}:::: exercise ${head}\n${inside}\n::::\n`;
const hint = "::: hint\nLook.\n:::";
const head = (lines: string) => `---\n${lines}\n---\n${SETUP}`;
const text = (line: string) => `${HEAD}${SETUP}\n${line}\n`; // stands in line 11

test("a lesson without fault has no problem", () =>
  expect(problems(exercise(`Write it.\n\n${hint}`))).toEqual([]));

// what is wrong, the lesson, the problems expected
test.each<[string, string | Uint8Array, (string | RegExp)[]]>([
  [
    "empty file",
    "",
    [/^1: the head is missing: begin the file with ---/, /^1: there is no setup cell/],
  ],
  ["no head", SETUP, [/^1: the head is missing/]],
  [
    "head not closed",
    "---\ntitle: T\n",
    [/^1: the head is not closed: write ---/, /^3: there is no setup cell/],
  ],
  [
    "head is not YAML",
    head("title: [T\nquestion: Q?\nminutes: 3"),
    [/^3: the head is not YAML: .*; write `name: value`/],
  ],
  ["head is a text", head("only words"), [/^2: the head is not a list of fields/]],
  [
    "title missing",
    head("question: Q?\nminutes: 3"),
    ["1: the head's title is missing: write for example `title: Attention`"],
  ],
  [
    "minutes are words",
    head("title: T\nquestion: Q?\nminutes: long"),
    ["4: the head's minutes is not what it should be: write for example `minutes: 150`"],
  ],
  [
    "uses is a text",
    head("title: T\nquestion: Q?\nminutes: 3\nuses: insert here"),
    [/^5: the head's uses is not what it should be/],
  ],
  [
    "unknown field",
    head("title: T\nquestion: Q?\nminutes: 3\nauthor: me"),
    [
      "5: the head has no field author: it holds title, question, minutes, uses, components, recorded, measured",
    ],
  ],
  [
    "uses an unknown name",
    head("title: T\nquestion: Q?\nminutes: 3\nuses: [nowhere]"),
    [/^5: uses lists nowhere, which solutions do not export/],
  ],
  [
    "uses a name twice",
    head("title: T\nquestion: Q?\nminutes: 3\nuses: [limit, limit]"),
    ["5: uses lists limit twice: keep one"],
  ],
  [
    "uses an exercise of the lesson",
    exercise(`Write it.\n\n${hint}`).replace(
      "uses: [requireFinite]",
      "uses: [requireFinite, insert]",
    ),
    [/^5: uses lists insert, which the lesson itself has as an exercise/],
  ],
  [
    "no setup cell",
    `${HEAD}\nText.\n\n\`\`\`ts demo\n1\n\`\`\`\n`,
    [/^10: there is no setup cell before this: write a fence ```ts setup/],
  ],
  [
    "unknown function",
    exercise(`Write it.\n\n${hint}`, "sort points=2 difficulty=1 minutes=10"),
    [/^10: solutions have no sort: correct the name, or write solutions\/src\/<group>\/sort\.ts/],
  ],
  [
    "no body to remove",
    exercise(`Write it.\n\n${hint}`, "nothing points=2 difficulty=1 minutes=10"),
    [
      /^10: nothing has no body to leave to the student: put statements below the comment `\/\/ yours`/,
      /^10: the exercise nothing has no check/,
    ],
  ],
  [
    "no function",
    exercise(`Write it.\n\n${hint}`, "limit points=2 difficulty=1 minutes=10"),
    [/^10: limit has no body .*write it as `export function limit\(…\) \{ … \}`/, /no check/],
  ],
  ["no hint", exercise("Write it."), [/^10: the exercise insert has no hint: write ::: hint/]],
  [
    "empty hint",
    exercise("Write it.\n\n::: hint\n:::"),
    [/^10: the exercise insert has an empty hint/],
  ],
  ["no statement", exercise(hint), [/^10: the exercise insert has no statement/]],
  [
    "no points",
    exercise(`Write it.\n\n${hint}`, "insert difficulty=1 minutes=10"),
    ["10: the exercise insert has no points: write points=3 after its name"],
  ],
  [
    "points are words",
    exercise(`Write it.\n\n${hint}`, "insert points=two difficulty=1 minutes=10"),
    [/^10: points=two of the exercise insert is not a whole number from 1 to 100/],
  ],
  [
    "difficulty of six",
    exercise(`Write it.\n\n${hint}`, "insert points=2 difficulty=6 minutes=10"),
    [/^10: difficulty=6 of the exercise insert is not a whole number from 1 to 5/],
  ],
  [
    "unknown setting",
    exercise(`Write it.\n\n${hint}`, "insert points=2 difficulty=1 minutes=10 bonus=1"),
    [/^10: the exercise insert has no setting bonus=1: points=…, difficulty=…, minutes=…, uses=…/],
  ],
  ["no name", exercise(`Write it.\n\n${hint}`, ""), [/^10: the exercise names no function/]],
  [
    "no check",
    exercise(`Write it.\n\n${hint}`, "mergeSort points=2 difficulty=1 minutes=10").replace(
      "[requireFinite]",
      "[requireFinite, merge]",
    ),
    [
      "10: the exercise mergeSort has no check: write mergeSort.exercise.ts beside " +
        "mergeSort.ts in solutions/src/<group>",
    ],
  ],
  [
    "need not in uses",
    exercise(`Write it.\n\n${hint}`).replace("uses: [requireFinite]\n", ""),
    [
      "9: insert needs requireFinite from ../checks: add requireFinite to uses in the head, or " +
        "put its exercise or given block before this",
    ],
  ],
  [
    "need of a given block",
    `${HEAD}${SETUP}::: given mergeSort\n:::\n`,
    [/^10: mergeSort needs merge from \.\/merge/],
  ],
  [
    "exercise twice",
    exercise(`Write it.\n\n${hint}`) +
      exercise(`Again.\n\n${hint}`).slice(HEAD.length + SETUP.length),
    [
      /^17: insert-task is already the name of the cell in line 10/,
      /^17: insert is already/,
      /^17: insert-check is already/,
    ],
  ],
  [
    "id twice",
    text("```ts demo id=a\n1\n```\n```ts demo id=a\n2\n```"),
    [/^14: a is already the name of the cell in line 11: give this one another/],
  ],
  [
    "id with blanks",
    text("```ts demo id=ä\n1\n```"),
    [/^11: the id ä is longer than 64 characters or has characters other than/],
  ],
  [
    "block not closed",
    text(":::: slide\n## Title"),
    [/^11: the block slide is not closed: write :::: on a line of its own below it/],
  ],
  [
    "inner block not closed",
    exercise("Write it.\n\n::: hint\nLook."),
    [
      /^13: the block hint is not closed: write ::: on a line of its own below it, and give the block around it more colons/,
    ],
  ],
  [
    "hint before it not closed",
    exercise(`Write it.\n\n::: hint\nLook.\n${hint}`),
    [
      /^13: the block hint is not closed before line 15: write ::: above that line, or give it more colons than the blocks in it have/,
      /^15: a hint cannot hold the block hint/,
    ],
  ],
  [
    "block closed twice",
    text("::: written why points=1\nWhy?\n:::\n:::"),
    [/^14: ::: closes nothing/],
  ],
  [
    "fence not closed",
    text("```ts demo\n1"),
    [/^11: the code is not closed: write ``` on a line of its own/],
  ],
  [
    "unknown block",
    text("::: note\nText.\n:::"),
    ["11: there is no block note: write exercise, hint, given, written, slide or notes"],
  ],
  [
    "unknown role",
    text("```ts solution\n1\n```"),
    [/^11: there is no role solution: write ```ts setup, demo, experiment or claim/],
  ],
  [
    "code too wide",
    text(
      `\`\`\`ts demo\nshow("${"long ".repeat(30)}",\n  1);\nawait guess("${"long ".repeat(30)}",\n  1);\nconst x = ` +
        `[${"1, ".repeat(40)}1];\n\`\`\``,
    ),
    [/^16: the line of code has 134 characters, and a notebook shows about 110: break it/],
  ],
  ["empty code cell", text("```ts demo\n```"), [/^11: the code cell is empty/]],
  ["hint on its own", text(hint), [/^11: a hint belongs in an exercise/]],
  ["notes on their own", text("::: notes\nAsk.\n:::"), [/^11: notes belong in a slide/]],
  [
    "exercise in a slide",
    text(
      `::::: slide\n## T\n:::: exercise insert points=2 difficulty=1 ` +
        `minutes=10\nWrite.\n${hint}\n::::\n:::::`,
    ),
    [/^13: a slide cannot hold the block exercise/],
  ],
  [
    "empty slide",
    text(":::: slide\n::::"),
    ["11: the slide is empty: write a heading and a few words into it"],
  ],
  [
    "cell in a slide only",
    text(":::: slide only\n```ts demo\n1\n```\n::::"),
    [/^12: code of a slide that is not part of the notebook cannot run/],
  ],
  [
    "cell in an exercise",
    exercise(`Write it.\n\n\`\`\`ts demo\n1\n\`\`\`\n\n${hint}`),
    [/^13: the exercise insert cannot hold a code cell/],
  ],
  [
    "cell in a list",
    text("- item\n\n  ```ts demo\n  1\n  ```"),
    [/^13: a cell cannot be in a list/],
  ],
  [
    "figure of no cell",
    text(":::: slide\n## T\n\n![Moves](#moves)\n::::"),
    ["14: no code cell has the id moves: write ```ts demo id=moves or correct the figure's name"],
  ],
  [
    "figure of no step",
    text("```ts demo id=moves\n1\n```\n\n:::: slide\n## T\n\n![Moves](#moves/0)\n::::"),
    [
      "18: #moves/0 names no step: write #moves/2 for the second one, " +
        "#moves/1-4 to begin with the first and print the fourth",
    ],
  ],
  [
    "figure outside slides",
    text("![Moves](#moves)"),
    [/^11: the figure of a cell belongs in a slide/],
  ],
  [
    "figure within text",
    text(":::: slide\nSee ![Moves](#moves).\n::::"),
    [/^12: the figure #moves is not alone in its paragraph/],
  ],
  [
    "link to nowhere",
    text("One\nand [two](../03-nowhere/lesson.md)."),
    [/^12: the link \.\.\/03-nowhere\/lesson\.md leads nowhere/],
  ],
  [
    "link by reference",
    text("[two][t]\n\n[t]: ../02-merging/lesson.md"),
    [/^13: the link \[T\] is defined apart/],
  ],
  [
    "picture missing",
    text("![A dog](dog.png)"),
    ["11: the picture dog.png is missing: put it beside lesson.md or correct its name"],
  ],
  [
    "picture elsewhere",
    text("![A dog](https://example.org/dog.png)"),
    [/^11: the picture https:\/\/example\.org\/dog\.png is not in the lesson's folder/],
  ],
  [
    "picture without words",
    text("![](cards.svg)"),
    [/^11: the picture cards\.svg has no description/],
  ],
  [
    "picture of a strange kind",
    text("![A dog](dog.psd)"),
    [/^11: dog\.psd is not a picture that a notebook shows/],
  ],
  [
    "math in a line",
    text("One\n\nand $\\fraq{1}{2}$."),
    [/^13: KaTeX cannot read the math "\\\\fraq\{1\}\{2\}": Undefined control sequence: \\fraq/],
  ],
  ["math on display", text("$$\n\\frac{1}\n$$"), [/^11: KaTeX cannot read the math/]],
  [
    "math in a hint",
    exercise("Write it.\n\n::: hint\n$\\nope$\n:::"),
    [/^14: KaTeX cannot read the math/],
  ],
  [
    "a dollar",
    text("It costs $5."),
    [/^11: there is a single \$ in "It costs \$5\.": write \\\$ for a dollar/],
  ],
  ["script", text("<script>alert(1)</script>"), [/^11: HTML does not work in slides/]],
  [
    "script in a line",
    text("Text <img src=x onerror=alert(1)>"),
    [
      /^11: HTML does not work in slides and may not run in notebooks: write Markdown instead of <img src=x/,
    ],
  ],
  [
    "level-one heading",
    text("# Title"),
    ["11: the title is in the head already: begin headings with ##"],
  ],
  [
    "question without points",
    text("::: written why\nWhy?\n:::"),
    ["11: the question why has no points: write points=3 after its name"],
  ],
  [
    "question without words",
    text("::: written why points=1\n:::"),
    [/^11: the question why asks nothing/],
  ],
  [
    "Latin-1",
    Buffer.from(text("Caf\xe9"), "latin1"),
    ["11: the file is not UTF-8 here: save it again with the encoding UTF-8"],
  ],
])("%s", (_what, source, expected) => {
  const found = problems(source);
  expected.forEach((e, i) =>
    typeof e === "string" ? expect(found[i]).toBe(e) : expect(found[i]).toMatch(e),
  );
  expect(found).toHaveLength(expected.length);
});

test("all problems of a lesson come at once, in the order of the file", () => {
  const found = problems(
    `${text("$\\nope$")}\n${text("::: note\n:::").slice(HEAD.length + SETUP.length)}\n<b>`,
  );
  expect(found.map((p) => p.split(":")[0])).toEqual(["11", "14", "17"]);
});

test("Windows line ends and a byte order mark change nothing", () => {
  const source = exercise(`Write it.\n\n${hint}`);
  expect(parse(Buffer.from(`\uFEFF${source.replaceAll("\n", "\r\n")}`))).toEqual(parse(source));
});

test(
  "a megabyte of hostile text is read before the test's time is over, which any cost that " +
    "grows with its square would take",
  () => {
    for (const piece of ["[", "*a ", "$x$ ", "::: ", "`", "<!--", "> ", "word "]) {
      problems(text(piece.repeat(Math.ceil(1e6 / piece.length / (piece === "$x$ " ? 20 : 1)))));
    }
  },
  120_000,
);

test("an id stays when a cell is added under another heading", () => {
  const before = parse(`${HEAD}${SETUP}## One\n\nA.\n\n## Two\n\nB.\n`);
  const after = parse(`${HEAD}${SETUP}## One\n\nA.\n\n\`\`\`ts demo\n1\n\`\`\`\n\n## Two\n\nB.\n`);
  expect(after.cells.map((c) => c.id)).toEqual(["t-1", "one-1", "one-2", "two-1"]);
  expect(before.cells.map((c) => c.id)).toEqual(["t-1", "one-1", "two-1"]);
});

test.each([
  ["directly below a heading", "## One\n\n:::: slide\n## S\n\nA.\n::::", ["## One\n\nA."]],
  ["below text", "## One\n\nA.\n\n:::: slide\n## S\n\nB.\n::::", ["## One\n\nA.", "## S\n\nB."]],
  ["below code", "```ts demo\n1\n```\n\n:::: slide\n## S\n\nB.\n::::", ["## S\n\nB."]],
  ["second on its slide", "## One\n\n:::: slide\nA.\n\n## S\n::::", ["## One\n\nA.", "## S"]],
])("a heading that opens a slide %s", (_, source, expected) => {
  const { cells, slides } = parse(`${HEAD}${SETUP}\n${source}\n`);
  const texts = cells.flatMap((cell) => (cell.kind === "text" ? [cell.markdown] : []));
  expect(texts).toEqual(expected);
  expect(slides[0]!.parts[0]).toMatchObject({ markdown: expect.stringContaining("## S") });
});
