// needs: webgpu
// level: all
/**
 * No points without work, for kernels: shared/noWork.test.ts tries the other exercises. Shaders that
 * compute nothing, or run another exercise's kernel, earn nothing, even with as many answers of
 * reference cases written into them as their length allows.
 */
import {
  courseRoot,
  expectedOf,
  judge,
  loadContent,
  random,
  readManifest,
  type CaseOutcome,
  type Content,
  type ReferenceCase,
  type ShaderSpec,
  type TensorData,
} from "grader";
import { declarations } from "grader/shaders";
import { openShaders, runShaders, type ShaderLauncher } from "grader/shaders/run";
import { afterAll, beforeAll, expect, test } from "vitest";

const FRESH_SEED = 7;
/** A kernel may have 20,000 characters. */
const MAX_TABLE_LENGTH = 18_000;

let shaders: ShaderLauncher;
beforeAll(async () => {
  shaders = await openShaders(courseRoot(), { trusted: true });
});
afterAll(() => shaders.close());

const kernels = readManifest(courseRoot())
  .lessons.flatMap(({ exercises }) => exercises)
  .map(({ name, points }) => ({ name, points, content: loadContent(courseRoot(), name) }))
  .filter(({ content }) => content.exercise.shader);
const specOf = ({ exercise }: Content) => exercise.shader!;
const launchOf = (spec: ShaderSpec, { args }: ReferenceCase) => spec.launch(...(args as never[]));

/** Number `i` of an input, which begins again where it ends, as a float. */
const readAt = (name: string) => `f32(${name}[i % arrayLength(&${name})])`;

/** What number `i` of the output is, for any exercise: a WGSL expression. */
const EXPRESSIONS: Record<string, (spec: ShaderSpec) => string> = {
  zeros: () => "0.0",
  ones: () => "1.0",
  "a share of the last size": ({ inputs }) => `1.0 / f32(arrayLength(&${inputs.at(-1)!}))`,
  "the first input": ({ inputs }) => readAt(inputs[0]!),
  "the second input": ({ inputs }) => readAt(inputs.at(1) ?? inputs[0]!),
  "the last input": ({ inputs }) => readAt(inputs.at(-1)!),
  "the inputs' sum": ({ inputs }) => inputs.map(readAt).join(" + "),
  "the inputs' product": ({ inputs }) => inputs.map(readAt).join(" * "),
  "the first input's exponential": ({ inputs }) => `exp(${readAt(inputs[0]!)})`,
};

/** The reference cases whose answers fit into a table, the short ones first. */
function knownCases({ exercise, references }: Content): ReferenceCase[] {
  const lengthOf = ({ expected }: ReferenceCase) => (expected as TensorData).data.length;
  const known: ReferenceCase[] = [];
  let length = 0;
  for (const c of [...references].sort((a, b) => lengthOf(a) - lengthOf(b))) {
    length += branchOf(exercise.shader!, c).length;
    if (length < MAX_TABLE_LENGTH) known.push(c);
  }
  return known;
}

/** The statement that answers one case by its table, recognized by its sizes and first number. */
function branchOf(spec: ShaderSpec, c: ReferenceCase): string {
  const { inputs, sizes } = launchOf(spec, c);
  const { data } = c.expected as TensorData;
  const bits = new Uint32Array(inputs[0]!.data.slice(0, 1).buffer)[0]!;
  const isCase = [
    ...sizes.map((size, i) => `sizes.n${i} == ${size}u`),
    `bitcast<u32>(${spec.inputs[0]!}[0]) == ${bits}u`,
  ].join(" && ");
  const numbers = Array.from(data, (n) => Number(n).toPrecision(6)).join(",");
  const table = `array<f32, ${data.length}>(${numbers})`;
  return `  if (${isCase}) { var t = ${table}; ${spec.output}[i] = t[i]; continue; }\n`;
}

interface Parts {
  /** A WGSL condition on `i`, the place in the output, and `thread`. */
  writes?: string;
  table?: string;
}

/** A kernel whose workgroups all write the whole output. */
function kernel(content: Content, value: string, { writes = "true", table = "" }: Parts = {}) {
  const spec = specOf(content);
  const { sizes } = launchOf(spec, content.references[0]!);
  return `${declarations(spec).join("\n")}
struct Sizes { ${sizes.map((_, i) => `n${i}: u32`).join(", ")} }
@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) thread: u32) {
for (var i = thread; i < arrayLength(&${spec.output}); i += 64u) {
${table}  if (${writes}) { ${spec.output}[i] = ${value}; }
}
}`;
}

/** Another exercise's kernel with the names of this one's buffers, in the order of the bindings. */
function borrowed(content: Content, other: Content): string | undefined {
  const [mine, its] = [specOf(content), specOf(other)];
  if (its.inputs.length > mine.inputs.length) return undefined;
  let text = (other.solution() as string).replace(/\/\/.*/g, "");
  for (const line of declarations(its)) text = text.replace(line, "");
  const rename = (from: string, to: string) => {
    text = text.replace(new RegExp(`(?<!\\.)\\b${from}\\b`, "g"), to);
  };
  its.inputs.forEach((name, i) => rename(name, `buffer_${i}`)); // a name may be both's
  its.inputs.forEach((_, i) => rename(`buffer_${i}`, mine.inputs[i]!));
  rename(its.output, mine.output);
  return [...declarations(mine), text].join("\n");
}

/** Titles of what must run, so that it isn't an error of its own that earns nothing. */
const RUNS = new Set([
  "a kernel that writes nothing",
  "thread 0 writes",
  ...Object.keys(EXPRESSIONS),
]);

/** Title → what the function gives. */
function effortlessAnswers(content: Content): [title: string, text: CaseOutcome][] {
  const spec = specOf(content);
  const table = knownCases(content)
    .map((c) => branchOf(spec, c))
    .join("");
  const texts: [string, string | undefined][] = [
    ["the empty text", ""],
    ["declarations alone", declarations(spec).join("\n")],
    ["a kernel that writes nothing", kernel(content, "0.0", { writes: "false" })],
    ["thread 0 writes", kernel(content, readAt(spec.inputs[0]!), { writes: "thread == 0u" })],
    ...Object.entries(EXPRESSIONS).flatMap(([title, expression]): [string, string][] => [
      [title, kernel(content, expression(spec))],
      [`a table, or ${title}`, kernel(content, expression(spec), { table })],
    ]),
    ...kernels
      .filter(({ name }) => name !== content.name)
      .map(({ name, content: other }): [string, string | undefined] => [
        name,
        borrowed(content, other),
      ]),
  ];
  return [
    ["the stub", { error: `not written yet: ${content.name}` }],
    ["a number", { value: 0 }],
    ...texts.flatMap(([title, text]): [string, CaseOutcome][] =>
      text === undefined ? [] : [[title, { value: text }]],
    ),
  ];
}

test.each(kernels)("$name", async ({ points, content }) => {
  const { exercise, references } = content;
  const fresh = await expectedOf(content, exercise.cases(random(FRESH_SEED)));
  const cases = [...references, ...fresh];
  const answers = effortlessAnswers(content);
  const tasks = answers.map(([, text]) => ({ spec: specOf(content), text, cases }));
  const ran = await runShaders(shaders, 0, tasks);
  const earned: Record<string, number> = {};
  const refused: string[] = [];
  for (const [i, { outcomes }] of ran.entries()) {
    const title = answers[i]![0];
    const judgment = judge(exercise, points, cases, outcomes);
    if (judgment.points > 0) earned[title] = judgment.points;
    if (!outcomes.every((o) => o && "value" in o)) refused.push(title);
  }
  expect(earned).toEqual({});
  expect(refused.filter((title) => RUNS.has(title.replace("a table, or ", "")))).toEqual([]);
});
