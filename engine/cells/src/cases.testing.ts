/**
 * What a cell means, as a list: notebooks of a few cells and what each cell shows. Every kernel
 * that runs our notebooks is tested with it, in one process from the first to the last. Nothing
 * here needs Node, a package or a file.
 */
export interface CellCase {
  code: string;
  /** What it prints, its last value included, without the last line break; nothing unless given. */
  shows?: string;
  /** The name and message of the error that ends it. */
  throws?: string;
  /**
   * Lines of the error's stack in cells, outermost last: "fail 4:9", or "3:1" at the top of a cell.
   */
  at?: string[];
  /** For each of TypeScript's notes, in order, a text that it contains; default none. */
  notes?: string[];
}
export interface NotebookCase {
  title: string;
  cells: CellCase[];
}

/** A request to run code, and what its reply and its outputs must be. */
export interface RequestCase {
  code: string;
  silent?: boolean;
  store_history?: boolean;
  /** By how much the number of cells has grown since the first request of the list. */
  count: number;
  /** What it prints or displays; nothing unless given. */
  shows?: string;
  status?: "error";
  /** A part of the error's traceback. */
  traceback?: string;
}

/** Requests that are no cells: quiet ones, and such as get no number. */
export const requestCases: RequestCase[] = [
  { code: "let told = 1;\ntold", count: 0, shows: "1" },
  { code: "told = 2;\nconsole.log('quiet');\ntold", silent: true, count: 0 },
  { code: "told", store_history: false, count: 0, shows: "2" },
  { code: "const typed: string = told;", silent: true, store_history: true, count: 0 },
  { code: "throw new Error('quiet')", silent: true, count: 0, status: "error" },
  { code: "const broken = ;", silent: true, count: 0, status: "error" },
  {
    code: "\nthrow new Error('aloud')",
    store_history: false,
    count: 0,
    status: "error",
    traceback: "aside-",
  },
  { code: "told + typed", count: 1, shows: "4" },
];

export const notebookCases: NotebookCase[] = [
  {
    title: "the last expression is shown, nothing else",
    cells: [
      { code: "1 + 1", shows: "2" },
      { code: "const five = 5;" },
      { code: "five; // a comment", shows: "5" },
      { code: "undefined" },
      { code: "null" },
      { code: "'text'", shows: "text" },
      { code: "console.log('a'); [1, 2]", shows: "a\n[ 1, 2 ]" },
      { code: "Promise.resolve(3)", shows: "Promise { 3 }" },
      { code: "" },
      { code: "// only a comment" },
    ],
  },
  {
    title: "await at the top, also in loops and patterns",
    cells: [
      { code: "const later = await Promise.resolve(4);\nlater", shows: "4" },
      { code: "for await (const n of [Promise.resolve(1), 2]) console.log(n);", shows: "1\n2" },
      {
        code: "const [first, second = await Promise.resolve(7)] = [6];\n[first, second].join()",
        shows: "6,7",
      },
      { code: "await (async () => later + 1)()", shows: "5" },
    ],
  },
  {
    title: "definitions can be replaced, and change their kind and type",
    cells: [
      {
        code:
          "function shape(): number { return 1; }\n" +
          "let counter = 1;\n" +
          "class A { v = 1 }\n" +
          "enum E { X }",
      },
      { code: "function shape(): string { return 'two'; }\nconst counter = 'a text';" },
      { code: "counter.toUpperCase() + shape()", shows: "A TEXTtwo" },
      { code: "class A { w = 2 }\nnew A().w", shows: "2" },
      { code: "const E = 3;\nE + 1", shows: "4" },
    ],
  },
  {
    title: "functions see the newest definition of what they use",
    cells: [
      {
        code:
          "function helper() { return 'old'; }\n" +
          "function user() { return helper(); }\n" +
          "let state = 1;\n" +
          "const read = () => state;",
      },
      { code: "function helper() { return 'new'; }\nstate = 2;", shows: "2" },
      { code: "user() + read()", shows: "new2" },
      {
        code: "function early() { return notYet(); }",
        notes: ["1:27: Cannot find name 'notYet'."],
      },
      { code: "const notYet = () => 'defined later';\nearly()", shows: "defined later" },
    ],
  },
  {
    title: "names of earlier cells in objects and patterns",
    cells: [
      {
        code:
          "const size = { wide: 2, inner: { high: 3 } }, items = [{ n: 1 }];\n" +
          "const scale = 5;\n" +
          "let left = 1, right = 2;\n" +
          "function half() { return 0.5; }",
      },
      { code: "const { wide: w, inner: { high: h } } = size;\n[w, h].join()", shows: "2,3" },
      {
        code: "const all = { scale, half, w };\n[all.scale, all.half(), all.w].join()",
        shows: "5,0.5,2",
      },
      { code: "for (const { n: k } of items) console.log(k, scale);", shows: "1 5" },
      { code: "items.map(({ n: k }) => k + scale).join()", shows: "6" },
      {
        code:
          "const local = ({ scale }: { scale: number }) => { const { wide } = size; return { scale, wide }; };\n" +
          "JSON.stringify(local({ scale: 1 }))",
        shows: '{"scale":1,"wide":2}',
      },
      { code: "const byDefault = (o = { scale }) => o.scale;\nbyDefault()", shows: "5" },
      {
        code:
          "function swap() { ({ left, right } = { left: right, right: left }); }\n" +
          "swap(); [left, right].join()",
        shows: "2,1",
      },
      { code: "[left, right] = [right, left];\n[left, right].join()", shows: "1,2" },
      {
        code: "const { wide, ...others } = size;\nJSON.stringify(others)",
        shows: '{"inner":{"high":3}}',
      },
      {
        code: "scale => scale + 1\n",
        shows: "[Function (anonymous)]",
        notes: ["1:1: Parameter 'scale' implicitly has an 'any' type."],
      },
    ],
  },
  {
    title: "functions, classes and enums keep their names",
    cells: [
      {
        code:
          "const arrow = (x: number) => x;\n" +
          "const plain = function () { return 1; };\n" +
          "const Made = class { };\n" +
          "[arrow.name, plain.name, Made.name].join()",
        shows: "arrow,plain,Made",
      },
      {
        code:
          "class Dog { static first = new Dog(); name = 'Rex'; static make() { return new Dog(); } }\n" +
          "[Dog.name, Dog.first.name, Dog.make().name].join()",
        shows: "Dog,Rex,Rex",
      },
      {
        code:
          "class Puppy extends Dog { bark() { return super.constructor.name + this.name; } }\n" +
          "new Puppy().name",
        shows: "Rex",
      },
      {
        code:
          "enum Color { Red, Green = Red + 2 }\n" +
          "const enum Size { Big = 3 }\n" +
          "[Color[2], Color.Red, Size.Big].join()",
        shows: "Green,0,3",
      },
      {
        code:
          "namespace Shapes { export const sides = 4; export const twice = () => sides * 2; }\n" +
          "Shapes.twice()",
        shows: "8",
      },
      { code: "function* gen() { yield* [1, 2]; }\n[...gen()].join()", shows: "1,2" },
    ],
  },
  {
    title: "var belongs to the cell, let and const to their block",
    cells: [
      {
        code:
          "for (var i = 0, n = 2; i < n; i++);\n" +
          "if (true) { var inner = 'var'; let block = 'let'; }\n" +
          "[i, inner].join()",
        shows: "2,var",
      },
      {
        code: "for (var each of [1, 2]);\neach",
        shows: "2",
        notes: ["2:1: Variable 'each' is used before being assigned."],
      },
      { code: "block", throws: "ReferenceError: block is not defined" },
      { code: "typeof block", shows: "undefined", notes: ["1:8: Cannot find name 'block'."] },
      {
        code: "var kept = kept ?? 4;\nkept",
        shows: "4",
        notes: ["1:5: 'kept' implicitly has type 'any'"],
      },
    ],
  },
  {
    title: "a type error stops no cell",
    cells: [
      {
        code: "const text: number = 'text';\ntext",
        shows: "text",
        notes: ["1:7: Type 'string' is not assignable to type 'number'."],
      },
      {
        code: "function one(x: number) { return x; }\none(1, 2)",
        shows: "1",
        notes: ["2:8: Expected 1 arguments, but got 2."],
      },
      { code: "text + 1", shows: "text1" },
      {
        code: "const length = (s?: string) => s.length;\nlength('four')",
        shows: "4",
        notes: ["1:32: 's' is possibly 'undefined'."],
      },
    ],
  },
  {
    title: "what is not JavaScript stops the cell before it starts",
    cells: [
      {
        code: "console.log('never');\nlet x = ;",
        throws: "SyntaxError: line 2:9: Expression expected.",
      },
      {
        code: "const twice = 1;\nconst twice = 2;",
        throws:
          "SyntaxError: line 1:7: twice is declared more than once here. " +
          "Remove all but one of the declarations, or rename them.",
      },
      {
        code: "function half(x: number) {\n  const x = 2;\n  return x;\n}",
        throws:
          "SyntaxError: line 1:15: x is declared more than once here. " +
          "Remove all but one of the declarations, or rename them.",
      },
      {
        code: "return 5",
        throws:
          "SyntaxError: line 1:1: A 'return' statement can only be used within a function body.",
      },
      {
        code: "break",
        throws:
          "SyntaxError: line 1:1: A 'break' statement can only be used within an enclosing " +
          "iteration or switch statement.",
      },
      {
        code: "const fixed = 1;\nfixed = 2;",
        throws: "SyntaxError: line 2:1: Cannot assign to 'fixed' because it is a constant.",
      },
      { code: "typeof twice", shows: "undefined", notes: ["Cannot find name 'twice'."] },
    ],
  },
  {
    title: "constants of earlier cells stay constant",
    cells: [
      { code: "const limit = 3;\nlet free = 3;" },
      {
        code: "limit = 4",
        throws: "TypeError: limit is a constant: it can't be assigned again",
      },
      { code: "free = 4;\nlimit + free", shows: "7" },
      { code: "undeclared = 1", throws: "ReferenceError: undeclared is not defined" },
      // not a word about types that are unknown for the same reason
      { code: "absent.map((x) => x)", throws: "ReferenceError: absent is not defined" },
      { code: "let unsure = (x) => x;", notes: ["1:15: Parameter 'x' implicitly has an 'any'"] },
    ],
  },
  {
    title: "a cell that throws keeps what it declared before",
    cells: [
      { code: "const size = 'old';" },
      {
        code:
          "const before = 1;\n" +
          "let also = [2];\n" +
          "function hoisted() { return before; }\n" +
          "class Kept { v = 3 }\n" +
          "throw new Error('half-way');\n" +
          "const after = 4;\n" +
          "const size = 5;",
        throws: "Error: half-way",
        at: ["5:7"],
      },
      { code: "[before, also[0], hoisted(), new Kept().v].join()", shows: "1,2,1,3" },
      { code: "size.toUpperCase()", shows: "OLD" },
      { code: "after", throws: "ReferenceError: after is not defined" },
      {
        code: "const a = 1, b = (() => { throw new TypeError('no'); })(), c = 3;",
        throws: "TypeError: no",
        at: ["1:33", "1:56"],
      },
      { code: "a", shows: "1" },
      {
        code: "await Promise.reject(new Error('later'));\nconst never = 1;",
        throws: "Error: later",
        at: ["1:22"],
      },
    ],
  },
  {
    title: "stacks count the lines of cells",
    cells: [
      {
        code:
          "interface Size { n: number }\n" +
          "\n" +
          "function fail(size: Size): number {\n" +
          "  throw new RangeError(`no ${size.n}`);\n" +
          "}",
      },
      {
        code: "\n// a comment\nconst n: number = 3;\nfail({ n });",
        throws: "RangeError: no 3",
        at: ["fail 4:9", "4:1"],
      },
      {
        code:
          "await Promise.resolve(1);\n" +
          "const late: string | undefined = undefined;\n" +
          "await (async () => { throw new TypeError('late'); })();",
        throws: "TypeError: late",
        at: ["3:28", "3:53"],
      },
      {
        code: "let missing: { f(): void } | undefined;\n\nmissing.f();",
        throws: "TypeError: Cannot read properties of undefined (reading 'f')",
        at: ["3:9"],
        notes: ["3:1: 'missing' is possibly 'undefined'."],
      },
      {
        code: "n(1)",
        throws: "TypeError: n is not a function",
        at: ["1:1"],
        notes: ["1:1: This expression is not callable."],
      },
      {
        code: "[1, 2].added(3)",
        throws: "TypeError: [1,2].added is not a function",
        at: ["1:8"],
      },
      {
        code: "'text'.toUpercase()",
        throws: `TypeError: "text".toUpercase is not a function`,
        at: ["1:8"],
        notes: [
          "1:8: Property 'toUpercase' does not exist on type '\"text\"'. Did you mean 'toUpperCase'?",
        ],
      },
      { code: "throw 42", throws: "Thrown: 42" },
    ],
  },
  {
    title: "types alone declare nothing",
    cells: [
      {
        code:
          "type Pair = [number, number];\n" +
          "interface Named { name: string }\n" +
          "declare const outside: number;",
      },
      {
        code: "const pair: Pair = [1, 2], named: Named = { name: 'n' };\npair[1] + named.name",
        shows: "2n",
      },
      {
        code: "const generic = <T,>(x: T): T => x;\n(generic(3) satisfies number) as unknown",
        shows: "3",
      },
      {
        code:
          "abstract class Base { constructor(protected x: number) {} abstract get(): number }\n" +
          "class Real extends Base { get() { return this.x; } }\n" +
          "new Real(6).get()",
        shows: "6",
      },
    ],
  },
  {
    title: "export says nothing, strict mode holds",
    cells: [
      {
        code:
          "export const shared = 1;\n" +
          "export function f() { return shared; }\n" +
          "export default f()",
        shows: "1",
      },
      { code: "f() + shared", shows: "2" },
      { code: "(function (this: unknown) { return this; })()" },
      {
        code: "Object.freeze([1]).length = 2",
        throws:
          "TypeError: Cannot assign to read only property 'length' of object '[object Array]'",
        notes: ["Cannot assign to 'length' because it is a read-only property."],
      },
    ],
  },
];
