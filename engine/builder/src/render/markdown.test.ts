import { expect, test } from "vitest";
import { codeBlock, markdownRenderer, typographic } from "./markdown.js";

const colors = { q: "#b04a00", k: "#0a69b0", v: "#08734f" };
const html = (code: string) => codeBlock(code, "ts", { colors });
/** The letters of a piece of code that have a color, in order. */
const colored = (code: string) =>
  [...html(code).matchAll(/class="letter" style="--letter:(#\w{6})">(\w)</g)].map(
    ([, color, letter]) => `${letter} ${color}`,
  );

test("letters have their color where they stand together", () => {
  expect(colored("const o = softmax(q.matMul(k)).matMul(v);")).toEqual([
    "q #b04a00",
    "k #0a69b0",
    "v #08734f",
  ]);
  expect(colored("f({ q: 1, k: cache.k }, [Q, K], v)")).toHaveLength(4);
  expect(colored("attend(Q, K, V)").map((one) => one[0])).toEqual(["Q", "K", "V"]);
  for (const counts of ["for (let k = 0; k < n; k++) q += k;", "[V, C] = f(q, k)", "q < k"]) {
    expect(colored(counts)).toEqual([]);
  }
});

test("a number and its percent sign stay together, but not in code", () => {
  const html = markdownRenderer().render("5 % of them, `a 5 % b`");
  expect(html).toContain("5\u00a0% of them");
  expect(html).toContain("<code>a 5 % b</code>");
});

test("apostrophes and quotation marks are typographic, but not in code and math", () => {
  const html = markdownRenderer().render("PyTorch's \"*two*\" 'words' ... `it's` $x'$");
  expect(html).toContain("PyTorch’s “<em>two</em>” ‘words’ ...");
  expect(html).toContain("<code>it's</code>");
  expect(html).toContain(">x&#x27;</annotation>");
  expect(typographic(`It's the "second" ('b') of models' tokens`)).toBe(
    "It’s the “second” (‘b’) of models’ tokens",
  );
});

test("strings, comments, longer names and other languages keep theirs", () => {
  const code = 'f(q, k, v, wq, k2, $v, "q k v", /k/, `q ${v}`); // q, k and v\n/** @param k q v */';
  expect(colored(code).map((one) => one[0])).toEqual(["q", "k", "v", "v"]);
  expect(codeBlock("q k v", "text", { colors })).not.toContain("letter");
  expect(codeBlock("f(q, k, v)", "ts")).not.toContain("letter");
});

test("the text stays as it was", () => {
  const code = "if (q < k && v > 'q') { f(`<b>${k}</b>`); }";
  const plain = html(code).replace(/<[^>]*>/g, "");
  const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', "#x27": "'" };
  expect(plain.trim().replace(/&([^;]+);/g, (_, name: string) => entities[name]!)).toBe(code);
});

test("WGSL is highlighted as TypeScript is", () => {
  const html = codeBlock("@compute fn main() { let n = min(4u, 2u); } // ends", "wgsl");
  for (const [scope, text] of [
    ["built_in", "@compute"],
    ["keyword", "fn"],
    ["keyword", "let"],
    ["title function_", "main"],
    ["title function_", "min"],
    ["number", "4u"],
    ["comment", "// ends"],
  ]) {
    expect(html).toContain(`<span class="hljs-${scope}">${text}</span>`);
  }
  expect(codeBlock("fn main()", "text")).toContain("<code>fn main()</code>");
});
