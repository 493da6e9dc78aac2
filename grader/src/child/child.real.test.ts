// needs: sandbox
/** What the child runs and sends back, in the real sandbox. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { tensorData, type Value } from "../exercise/value";
import { courseRoot } from "../files/paths";
import { emptyJob, type Job, type JobCase } from "../sandbox/job";
import { runJob } from "../sandbox/run";
import { openSandbox, type Sandbox } from "../sandbox/sandbox";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox(courseRoot());
});
afterAll(() => sandbox.close());

const X = tensorData([2, 2], [1, 2, 3, 4]);
const case_ = (...args: Value[]): JobCase => ({ args });

/** Runs f on cases. */
async function run(code: string, cases: JobCase[]) {
  const job: Job = {
    ...emptyJob(sandbox.wasm),
    cells: [{ code, awaits: false }],
    exercises: [{ name: "f", cell: -1, references: [], forbid: [], cases }],
  };
  const { outcomes, losses } = await runJob(sandbox, 0, job);
  return { outcomes: outcomes[0]!, loss: losses[0] };
}

test("einsum and the gradients of depthwise convolutions run", async () => {
  const code = `var f = (x, w) => w
    ? tf.depthwiseConv2d(x, w, 1, "same")
    : tf.einsum("ij,kj->ik", x, x);`;
  const image = tensorData([1, 1, 3, 1], [1, 2, 3]);
  const filter = tensorData([1, 2, 1, 1], [10, 1]);
  const { outcomes } = await run(code, [case_(X), { ...case_(image, filter), wrt: ["0", "1"] }]);
  expect(outcomes[0]).toEqual({ value: tensorData([2, 2], [5, 11, 11, 25]) });
  const [ofImage, ofFilter] = (outcomes[1] as { value: (typeof X)[] }).value;
  // the sum is weighted by cos(0), cos(1), cos(2)
  const [a, b, c] = [1, Math.cos(1), Math.cos(2)];
  const close = (values: number[]) => values.map((v) => expect.closeTo(v, 5) as number);
  expect([...ofImage!.data]).toEqual(close([10 * a, a + 10 * b, b + 10 * c]));
  expect([...ofFilter!.data]).toEqual(close([a + 2 * b + 3 * c, 2 * a + 3 * b]));
});

test("an op kernel that the child lacks is named", async () => {
  const code = 'var f = () => tf.string.staticRegexReplace(tf.tensor(["a"]), "a", "b");';
  const { outcomes } = await run(code, [case_()]);
  expect(outcomes).toEqual([
    { error: "TensorFlow.js's StaticRegexReplace doesn't run when grading." },
  ]);
});

test.each([
  ["a fractional shape", "x.reshape([1, 2, 0.75, 8 / 3])", /whole numbers/],
  ["too many axes", "x.reshape([1, 1, 1, 1, 1, 1, 1, 2, 2])", /whole numbers|not supported|rank/i],
  ["a getter that throws", '({ get y() { throw new Error("no"); } })', /: no$/],
  ["a shape that throws", 'new Proxy(x.clone(), { get() { throw new Error("no"); } })', /no$/],
  [
    "10 MB of tensors",
    "tf.zeros([10 << 18])",
    /^Its result can't be read: the result takes 11 MB, more than the 8 MB/,
  ],
  [
    "2 MB of text",
    '"x".repeat(2 << 20)',
    /^Its result can't be read: the result takes 3 MB besides its tensors/,
  ],
  ["a list in itself", "(() => { const a = []; a.push(a); return a; })()", /stack|nested/],
  ["a long pattern", 'new RegExp("x".repeat(20_000))', /pattern is too long/],
  [
    "an error whose message throws",
    fails("new (class extends Error { get message() { throw 1; } })()"),
    /can't be read/,
  ],
  [
    "an error whose message is a number",
    fails("Object.assign(new Error(), { message: 7 })"),
    /^7$/,
  ],
  ["an object that is no text", fails("Object.create(null)"), /can't be read/],
  [
    "a proxy that throws",
    fails("new Proxy({}, { getPrototypeOf() { throw 1; } })"),
    /can't be read/,
  ],
])("%s fails its own case", async (_, result, error) => {
  const code = `var f = (x, right) => right ? x.mul(2) : ${result};`;
  const { outcomes, loss } = await run(code, [case_(X), case_(X, true)]);
  expect(loss).toBeUndefined();
  expect(outcomes).toEqual([
    { error: expect.stringMatching(error) as string },
    { value: tensorData([2, 2], [2, 4, 6, 8]) },
  ]);
});

test("a function that can't be looked up costs nothing but its case", async () => {
  const code = `var n = 0;
    Object.defineProperty(globalThis, "f", { get() { if (n++ === 0) throw new Error("no"); return (x) => x; } });`;
  const { outcomes, loss } = await run(code, [case_(1), case_(2)]);
  expect({ outcomes, loss }).toEqual({
    outcomes: [{ error: "no" }, { value: 2 }],
    loss: undefined,
  });
});

function fails(thrown: string): string {
  return `(() => { throw ${thrown}; })()`;
}
