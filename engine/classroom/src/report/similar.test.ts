import { performance } from "node:perf_hooks";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Code,
  compareAnswers,
  fingerprints,
  RUN,
  similar,
  tokensOf,
  WINDOW,
} from "./similar.js";

const ONE = `function softmax(x) {
  let largest = -Infinity;
  for (const value of x) if (value > largest) largest = value;
  const out = []; let total = 0;
  for (let i = 0; i < x.length; i++) { out[i] = Math.exp(x[i] - largest); total += out[i]; }
  while (out.some((v) => v > 1)) for (const k in out) out[k] /= total;
  return out.map((v) => v / total);
}`;
/** The same with other names, spaces, numbers and remarks. */
const RENAMED = ONE.replaceAll("largest", "m")
  .replaceAll("total", "sum")
  .replaceAll("value", "q")
  .replace(/\n/g, "\n\n  // my own idea\n")
  .replace("> 1", "> 2");
const OTHER = `const softmax = (x) => {
  const shifted = tf.sub(x, tf.max(x, -1, true));
  return tf.tidy(() => { const e = tf.exp(shifted); return tf.div(e, tf.sum(e, -1, true)); });
};`;

const answer = (student: string, code: string): Code => ({ student, exercise: "softmax", code });

test("an answer with other names, spaces and remarks is found, another answer is not", async () => {
  const pairs = await similar([answer("ada", ONE), answer("ben", RENAMED), answer("cy", OTHER)]);
  expect(pairs.map((p) => p.students)).toEqual([["ada", "ben"]]);
  expect(pairs[0]!.share).toBe(1);
});

/** After each line that ends a statement. */
const padded = (filler: (line: number) => string, code = RENAMED) =>
  code
    .split("\n")
    .map((line, i) => (/[;{}]\s*$/.test(line) ? `${line}\n${filler(i)}` : line))
    .join("\n");

test.each<[string, (line: number) => string]>([
  ["void 0;", () => "void 0;"],
  ["void 0 without a semicolon", () => "void 0"],
  ["values", (i) => [`${i};`, `"${i}";`, "true;", "!1;", "largest;", ";;"][i % 6]!],
  ["unused names", (i) => `const unused${i} = ${i} * 2;`],
  ["the same call", () => "Math.abs(0);"],
  [
    "calls of many kinds",
    (i) => ["Math.max(1, 2);", "Math.sin(1);", "[].concat();", "`${1}`;"][i % 4]!,
  ],
  ["empty blocks", () => "{}"],
  ["a condition that never holds", () => "if (false) { void 0; }"],
])("%s after each line hides nothing", async (_name, filler) => {
  const pairs = await similar([
    answer("ada", ONE),
    answer("ben", padded(filler)),
    answer("cy", OTHER),
  ]);
  expect(pairs.map((p) => p.students)).toEqual([["ada", "ben"]]);
  expect(pairs[0]!.share).toBeGreaterThan(0.5);
});

test("answers of another year are compared with this year's, and not with each other", async () => {
  const old = (student: string, code: string): Code => ({
    ...answer(student, code),
    isOther: true,
  });
  const codes = [
    answer("ada", ONE),
    answer("cy", OTHER),
    old("2026: 7", RENAMED),
    old("2026: 8", ONE),
  ];
  const pairs = await similar(codes);
  expect(pairs.map((p) => p.students).sort()).toEqual([
    ["2026: 7", "ada"],
    ["2026: 8", "ada"],
  ]);
});

test("equal copies that the exercise dictates are said to be that", async () => {
  const short = "const relu = (x) => tf.maximum(x, 0);";
  const stub = "function softmax(x) { throw new Error('write it'); }";
  const known = [
    { exercise: "", code: stub },
    { exercise: "softmax", code: OTHER },
  ];
  const codes: Code[] = [
    ...["ada", "ben"].map((s) => answer(s, OTHER.replaceAll("shifted", s))),
    ...["cy", "di"].map((s) => answer(s, stub)),
    ...["ed", "fay"].map((s) => answer(s, ONE)),
    ...["ada", "ben", "cy"].map((s): Code => ({ student: s, exercise: "relu", code: short })),
    ..."abcdefgh".split("").map((s): Code => ({ student: s, exercise: "many", code: ONE })),
  ];
  const { pairs, dictated } = await compareAnswers(codes, known);
  expect(pairs.map((p) => p.students)).toEqual([["ed", "fay"]]);
  expect(dictated).toEqual([
    {
      exercise: "softmax",
      students: ["ada", "ben"],
      reason: "what the exercise and its text lead to",
    },
    { exercise: "relu", students: ["ada", "ben", "cy"], reason: "too short to be anybody’s own" },
    { exercise: "many", students: "abcdefgh".split(""), reason: "what many wrote" },
  ]);
});

test("what everybody was given is subtracted", async () => {
  const codes = [answer("ada", ONE), answer("ben", RENAMED)];
  expect(await similar(codes, [{ exercise: "softmax", code: ONE }])).toEqual([]);
  expect(await similar(codes, [{ exercise: "", code: RENAMED }])).toEqual([]);
  expect(await similar(codes, [{ exercise: "relu", code: ONE }])).toHaveLength(1);
});

test("what many wrote is how one writes it", async () => {
  expect(await similar("abcdefgh".split("").map((s) => answer(s, ONE)))).toEqual([]);
});

test("code that does not parse, or attacks, is compared or left out, and stops nothing", async () => {
  const hostile = [
    ..."`${`${`${",
    '"\\',
    "/*",
    "}}}}}}",
    "`}`}`",
    "\u0000\ud800",
    "#".repeat(90_000),
    "`${".repeat(20_000),
    "(".repeat(60_000),
    "{".repeat(60_000),
    "",
  ].flatMap((code, i) => [answer(`x${i}`, code), answer(`y${i}`, code)]);
  await similar([...hostile, answer("ada", ONE), answer("ben", RENAMED)]);
  const [first] = await similar([
    answer("ada", `${ONE} }}} \`\${`),
    answer("ben", `${RENAMED} ((`),
  ]);
  expect(first!.students).toEqual(["ada", "ben"]);
});

test("a template counts as one, whatever its text", () => {
  const braces = tokensOf("f(`a ${ { b: `${c}` } } d`, e)");
  expect(tokensOf("f(`other ${ { q: `it's ${r}!` } } \"`, s)")).toEqual(braces);
});

test("winnowing: what shares RUN + WINDOW - 1 tokens shares a fingerprint", () => {
  const tokens = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
  const long = fc.array(fc.integer({ min: 0, max: 9 }), {
    minLength: RUN + WINDOW - 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(tokens, tokens, tokens, tokens, long, (a, b, c, d, same) => {
      const one = fingerprints([...a, ...same, ...b]);
      const two = fingerprints([...c, ...same, ...d]);
      expect([...one].some((h) => two.has(h))).toBe(true);
    }),
  );
});

test("800 students with 10 exercises", async () => {
  const draw = (seed: number) => {
    let x = seed * 2654435761;
    const next = (n: number) => {
      x = (x + 0x6d2b79f5) | 0; // mulberry32
      let t = Math.imul(x ^ (x >>> 15), x | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) % n;
    };
    const pick = (...of: string[]) => of[next(of.length)]!;
    const term = (): string =>
      pick("a", "2", "b[i]", "f(x)", "-y", "[z]", `(${next(2) ? term() : "u"})`);
    const line = () => {
      const sum = Array.from({ length: 1 + next(4) }, () => term() + pick("+", "-", "*", "/", "%"));
      return `${pick("const v =", "w +=", "return", "if (c) d =", "g(h),")} ${sum.join("")} ${term()};`;
    };
    return Array.from({ length: 30 }, line).join("\n");
  };
  const codes: Code[] = [];
  for (let s = 0; s < 800; s++) {
    for (let e = 0; e < 10; e++) {
      const seed = s === 700 ? 17 : s; // one copies all of another
      codes.push({ student: `s${s}`, exercise: `e${e}`, code: draw(seed * 10 + e + 1) });
    }
  }
  const start = performance.now();
  const [first] = await similar(codes);
  expect(performance.now() - start).toBeLessThan(60_000); // 2.5 s where nothing else runs
  expect(first!.students).toEqual(["s17", "s700"]);
  expect(first!.exercises).toHaveLength(10);
}, 120_000);
