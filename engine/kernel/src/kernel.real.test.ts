/** The real kernel, as Jupyter starts it, on a course of one toy exercise. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { toyCourse } from "course/testing";
import { createConnection, kernelFile, startKernel, type Kernel } from "./client";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const IMPORTS =
  'import * as tf from "@tensorflow/tfjs-core";\nimport { check, device, heatmap, show, ' +
  'steps } from "course";';

let kernel: Kernel;
let course: ReturnType<typeof toyCourse>;
beforeAll(async () => {
  course = toyCourse();
  kernel = await startKernel(join(root, "engine", "course"), {
    COURSE_ROOT: course.root,
    COURSE_DEVICE: "wasm",
  });
  const { error, stderr } = await kernel.run(IMPORTS);
  expect({ error, stderr }).toEqual({ error: undefined, stderr: "" });
});
afterAll(() => {
  kernel.stop();
  course.remove();
});

const ok = async (code: string) => {
  const result = await kernel.run(code);
  expect(result.error).toBeUndefined();
  expect(result.status).toBe("ok");
  return result;
};

test("tensors have their methods and gradients, in values and in types, and the device is ready", async () => {
  const { stdout } = await ok(
    "tf.grad((x) => x.square().sum())(tf.tensor([1, 2])).print(); device().name",
  );
  expect(stdout).toContain("[2, 4]");
  expect(stdout).toContain("wasm");
  await ok('import * as solutions from "solutions"; typeof solutions');
});

test("errors are Jupyter errors in lines of the cell that threw and the cell that called", async () => {
  await ok(
    "interface Size { n: number }\n\nfunction fail(size: Size): " +
      "number {\n  throw new RangeError(`no ${size.n}`);\n}",
  );
  const { status, error, outputs } = await kernel.run(
    "\n// a comment\nconst n: number = 3;\nfail({ n });",
  );
  expect(status).toBe("error");
  expect(error).toMatchObject({ ename: "RangeError", evalue: "no 3" });
  expect(error!.traceback.join("\n")).toMatch(
    /at fail \(cell-\d+, line 4:9\)\n +at cell-\d+, line 4:1$/,
  );
  expect(outputs.filter((o) => o.type === "stream")).toEqual([]);
});

test("errors after an await keep their lines", async () => {
  const { error } = await kernel.run(
    "await Promise.resolve(1);\nconst late: string | undefined = undefined;\nawait (async () " +
      "=> { throw new TypeError('late'); })();",
  );
  expect(error).toMatchObject({ ename: "TypeError", evalue: "late" });
  expect(error!.traceback.join("\n")).toMatch(/cell-\d+, line 3/);
});

test("type errors stop no cell: a note under its output says where they are, strictly", async () => {
  const { stdout, outputs } = await ok(
    "\nconst length = (s?: string) => s.length;\nlength('four')",
  );
  expect(stdout).toBe("4\n");
  const { data, metadata } = outputs.at(-1)!.content as {
    data: Record<string, string>;
    metadata: unknown;
  };
  expect(data["text/plain"]).toBe(
    "The cell ran, but TypeScript found types that don't match:\nline 2:32: " +
      "'s' is possibly 'undefined'.\n    2 | const length = (s?: " +
      "string) => s.length;\n      |                                ^",
  );
  expect(metadata).toEqual({ course: { note: "types" } });
});

test("what is no error can be thrown too, and causes are told", async () => {
  expect((await kernel.run("throw 42;")).error).toMatchObject({ ename: "Thrown", evalue: "42" });
  const { error } = await kernel.run('throw new Error("outer", { cause: new Error("inner") });');
  expect(error!.traceback.join("\n")).toMatch(/Error: outer[^]*Caused by:\nError: inner/);
});

test("a function that is not written yet says where to write it", async () => {
  const { error } = await kernel.run('throw new Error("not written yet: twicePlusOne");');
  expect(error!.evalue).toBe(
    "not written yet: twicePlusOne. Write it in the cell that defines twicePlusOne, in place " +
      "of the line that throws, and run that cell.",
  );
});

test("definitions can be replaced and names reused", async () => {
  await ok(
    "function shape(): number { return 1; }\nlet counter = 1; class A { v = 1 } enum E { X }",
  );
  await ok("function shape(): string { return 'two'; }\nconst counter = 'now a text';");
  expect((await ok("counter.toUpperCase() + shape()")).stdout).toBe("NOW A TEXTtwo\n");
  await ok('import { heatmap as counter } from "course";');
  expect((await ok("typeof counter")).stdout).toBe("function\n");
});

test("names of earlier cells in objects and patterns", async () => {
  await ok(
    "const size = { wide: 2, inner: { high: 3 } }, items = [{ n: " +
      "1 }];\nconst scale = 5;\nlet left = 1, right = 2;\nfunction half() { return 0.5; }",
  );
  const shown = async (code: string) => (await ok(code)).stdout.trim();
  expect(await shown("const { wide: w, inner: { high: h } } = size;\n[w, h].join()")).toBe("2,3");
  expect(
    await shown("const all = { scale, half, w };\n[all.scale, all.half(), all.w].join()"),
  ).toBe("5,0.5,2");
  expect(
    await shown("for (const { n: k } of items) console.log(k, await Promise.resolve(scale));"),
  ).toBe("1 5");
  expect(await shown("items.map(({ n: k }) => k + scale).join()")).toBe("6");
  expect(
    await shown(
      "const local = ({ scale }: { scale: number }) => { const { wide } = size; " +
        "return { scale, wide }; };\nJSON.stringify(local({ scale: 1 }))",
    ),
  ).toBe('{"scale":1,"wide":2}');
  expect(await shown("const byDefault = (o = { scale }) => o.scale;\nbyDefault()")).toBe("5");
  expect(
    await shown(
      "function swap() { ({ left, right } = { left: right, right: left }); }\nswap(); " +
        "[left, right].join()",
    ),
  ).toBe("2,1");
  expect(await shown("[left, right] = [right, left];\n[left, right].join()")).toBe("1,2");
});

test("after an error the next cell runs, also at once", async () => {
  await kernel.run("throw new Error()");
  expect((await ok("1 + 1")).stdout).toBe("2\n");
});

test("cells that were sent with a failed one are cancelled", async () => {
  const [first, second] = await Promise.all([
    kernel.run("await Promise.reject(new Error('first'))"),
    kernel.run("1"),
  ]);
  expect([first!.status, second!.status]).toEqual(["error", "aborted"]);
});

test("a loop over top-level variables is not held up by the store", async () => {
  const { stdout } = await ok(`
const N = 3e7;
let sum = 0;
let t = performance.now();
for (let i = 0; i < N; i++) sum += i;
const top = performance.now() - t;
const inside = (() => { const t = performance.now(); let sum = 0; for (let i = 0; i < N; i++) sum += i; return performance.now() - t + sum * 0; })();
top / inside`);
  expect(Number(stdout)).toBeLessThan(150); // tslab's own store: several hundred
});

test("5,000 quick writes all arrive, in few messages, and the cell ends", async () => {
  const { stdout, outputs } = await ok("for (let i = 0; i < 5000; i++) console.log(i);");
  expect(stdout).toBe(Array.from({ length: 5000 }, (_, i) => `${i}\n`).join(""));
  expect(outputs.length).toBeLessThan(50);
});

test("stdout, stderr and outputs keep their order", async () => {
  const { outputs } = await ok(
    'console.log("a"); console.error("b"); show("c.", heatmap([[1]])); console.log("d");',
  );
  expect(outputs.map((o) => o.content.text ?? o.type)).toEqual([
    "execute_input",
    "a\n",
    "b\n",
    "display_data",
    "d\n",
  ]);
});

test("garbage is collected before it takes as much memory as what is in use", async () => {
  const { stdout } = await ok(`{
    const kept = Array.from({ length: 4e6 }, (_, i) => ({ i })); // 140 MB
    const before = process.memoryUsage().heapUsed;
    const recent: object[] = [];
    let most = before;
    for (let round = 0; round < 1000; round++) {
      recent[round % 10] = Array.from({ length: 2e4 }, (_, i) => ({ i }));
      most = Math.max(most, process.memoryUsage().heapUsed);
    }
    console.log((most - before) / 1e6, kept.length);
  }`);
  expect(Number.parseFloat(stdout)).toBeLessThan(240); // V8 itself: 470
});

test("a figure comes in several formats", async () => {
  const { outputs } = await ok('show("One value.", heatmap([[1]]));');
  const { data } = outputs.find((o) => o.type === "display_data")!.content as {
    data: Record<string, unknown>;
  };
  expect(data["text/plain"]).toBe("figure: One value.");
  expect(data["application/vnd.plotly.v1+json"]).toMatchObject({
    layout: { meta: { caption: "One value." } },
  });
});

test("a long loop shows its progress in one output and stops on interrupt; so does an endless one", async () => {
  let isStopped = false;
  const stopOnce = (type: string) => {
    if (type !== "update_display_data" || isStopped) return;
    isStopped = true;
    kernel.interrupt();
  };
  const loop = kernel.run(
    "let reached = 0; for await (const i of steps(100000, 'training')) { reached = i; " +
      "await new Promise((r) => setTimeout(r, 1)); }",
    stopOnce,
  );
  const { status, error, outputs } = await loop;
  expect(status).toBe("error");
  expect(error).toEqual({
    ename: "Interrupted",
    evalue: "the cell was stopped",
    traceback: ["Interrupted: the cell was stopped"],
  });
  const shown = outputs.filter((o) => o.type.endsWith("display_data"));
  expect(shown.filter((o) => o.type === "display_data")).toHaveLength(1);
  expect(
    new Set(shown.map((o) => (o.content.transient as { display_id: string }).display_id)).size,
  ).toBe(1);
  await ok("1"); // the loop is not running any more: a second bar would be updated

  const reached = join(course.root, "reached"); // an endless loop sends nothing
  const endless = kernel.run(
    `require("fs").writeFileSync(${JSON.stringify(reached)}, "");\nwhile (true) {}`,
  );
  await vi.waitFor(
    () => {
      expect(existsSync(reached)).toBe(true);
    },
    { timeout: 60_000, interval: 50 },
  );
  kernel.interrupt();
  expect((await endless).error!.ename).toBe("Interrupted");
  await ok("1");
});

test("an endless loop that prints shows a limited text, and stops on interrupt", async () => {
  const file = join(course.root, "printed");
  const printing = kernel.run(
    `const { writeFileSync: write } = require("node:fs"); let n = 0; for (;;) { ` +
      `console.log("a"); if (++n === 2_000_000) write(${JSON.stringify(file)}, ""); }`,
  );
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 60_000, interval: 50 });
  kernel.interrupt();
  const { error, stdout, stderr } = await printing;
  expect(error!.ename).toBe("Interrupted");
  expect(stdout).toHaveLength(200_000);
  expect(stderr).toContain("prints more than 200,000 letters");
  await ok("1");
});

test("a student's way: the stub, a mistake, the solution", async () => {
  await ok(
    'function twicePlusOne(x: tf.Tensor): tf.Tensor {\n  throw new Error("not written yet: ' +
      'twicePlusOne");\n}',
  );
  const text = async () => {
    const { outputs } = await ok("await check(twicePlusOne);");
    return (
      outputs.find((o) => o.type === "display_data")!.content as { data: Record<string, string> }
    ).data["text/plain"]!;
  };
  expect(await text()).toContain("is not written yet");
  await ok("function twicePlusOne(x: tf.Tensor): tf.Tensor {\n  return x.square().add(1);\n}");
  expect(await text()).toMatch(/x is squared, not doubled[^]*Hint 2 of 3/);
  await ok(
    "function twicePlusOne(x: tf.Tensor): tf.Tensor {\n  return tf.tidy(() => x.mul(2).add(1));\n}",
  );
  expect(await text()).toContain("✓ twicePlusOne: all 3 cases pass");
  const { exercises } = JSON.parse(
    readFileSync(join(course.root, "my-course", "progress.json"), "utf8"),
  ) as { exercises: Record<string, unknown> };
  expect(exercises.twicePlusOne).toMatchObject({ passed: true, checks: 3, failed: 2, earned: 3 });
  expect((await kernel.run("await check(5 as never);")).error!.evalue).toMatch(
    /^check: expected the function itself/,
  );
});

test("stop ends a function that a check waits for, says in which case, and leaves tfjs as it was", async () => {
  const engine = async () => {
    const { stdout } = await ok(
      "const { state } = tf.engine() as unknown as { state: Record<string, unknown> };\n" +
        "[(state.scopeStack as unknown[]).length, state.gradientDepth, state.kernelDepth].join();",
    );
    return stdout;
  };
  const before = await engine();
  const reached = join(course.root, "looping");
  await ok(
    "function twicePlusOne(x: tf.Tensor): tf.Tensor {\n  return tf.tidy(() => {\n" +
      `    require("fs").writeFileSync(${JSON.stringify(reached)}, "");\n    for (;;) x = x.add(1);\n  });\n}`,
  );
  const checking = kernel.run("await check(twicePlusOne);");
  await vi.waitFor(() => expect(existsSync(reached)).toBe(true), { timeout: 60_000, interval: 50 });
  kernel.interrupt();
  const { error, outputs } = await checking;
  expect(error).toBeUndefined();
  expect(JSON.stringify(outputs)).toContain(
    "You stopped the check while twicePlusOne ran this case: x is a matrix.",
  );
  expect(await engine()).toBe(before);
  await ok("function twicePlusOne(x: tf.Tensor) { return tf.tidy(() => x.mul(2).add(1)); }");
  expect(JSON.stringify((await ok("await check(twicePlusOne);")).outputs)).toContain(
    "all 3 cases pass",
  );
});

test("a check says which line of a cell throws", async () => {
  const failing = async (body: string) => {
    await ok(`// mine\n${body}`);
    return JSON.stringify((await ok("await check(twicePlusOne);")).outputs);
  };
  expect(
    await failing("function twicePlusOne(x: tf.Tensor) {\n  return y.mul(2).add(1);\n}"),
  ).toContain(
    "It throws: y is not defined. Line 3 of your cell throws it: return y.mul(2).add(1);",
  );
  expect(
    await failing("function twicePlusOne(x: tf.Tensor) {\n  return x.matMul(tf.zeros([9, 9]));\n}"),
  ).toContain("Line 3 of your cell throws it: return x.matMul(tf.zeros([9, 9]));");
});

test("a check never answers for an older function when the newest text doesn't compile", async () => {
  const right = "function twicePlusOne(x: tf.Tensor) { return tf.tidy(() => x.mul(2).add(1)); }";
  const checked = async () => {
    const { outputs } = await ok("await check(twicePlusOne);");
    return JSON.stringify(outputs);
  };
  await ok(right);
  expect(await checked()).toContain("all 3 cases pass");
  for (const broken of [
    right.replace("(x: tf.Tensor)", "(x: tf.Tensor"),
    right.replace("{ return", "return"),
    right.replace(" }", ""),
    `${right}\nconst a = 1;\nconst a = 2;`,
    right.replace("x.mul(2)", "x.mul(2"),
  ]) {
    expect((await kernel.run(broken)).error).toMatchObject({ ename: "SyntaxError" });
    const text = await checked();
    expect(text).toContain("twicePlusOne was not checked: the newest text of its cell");
    expect(text).not.toContain("cases pass");
  }
  await ok("const other = 1;");
  expect(await checked()).toContain("was not checked");
  await ok(right);
  expect(await checked()).toContain("all 3 cases pass");
});

test("a device that cannot be had is told by the first cell", async () => {
  const other = await startKernel(join(root, "engine", "course"), {
    COURSE_ROOT: course.root,
    COURSE_DEVICE: "tpu",
  });
  const { error } = await other.run("1");
  other.stop();
  expect(error!.evalue).toBe(
    "COURSE_DEVICE: expected one of cuda, webgpu, native, wasm, cpu, got tpu",
  );
});

test("in a course that isn't built every cell says so, and nothing else fails", async () => {
  const folder = join(root, ".local", "test", "unbuilt", "engine", "kernel");
  mkdirSync(folder, { recursive: true });
  const launcher = join(folder, "launch.mjs");
  copyFileSync(kernelFile, launcher);
  const other = await startKernel(join(root, "engine", "course"), {}, { launcher });
  const first = await other.run("1");
  expect(first.outputs.map(({ type }) => type)).toEqual(["execute_input", "error"]);
  expect(first.error).toMatchObject({
    ename: "Error",
    evalue: "the course is not built: stop it and run npm start",
  });
  expect((await other.run("2", undefined, { silent: true })).outputs).toEqual([]);
  expect((await other.run("3")).count).toBe(2);
  const comm = { comm_id: "a", target_name: "course.control", data: {} };
  expect((await other.send("comm_open", comm))[0]!.type).toBe("comm_close");
  expect(await other.request("history_request", {})).toEqual({ status: "ok", history: [] });
  expect(await other.request("comm_info_request", {})).toEqual({ status: "ok", comms: {} });
  const complete = await other.request("complete_request", { code: "tf.", cursor_pos: 3 });
  expect(complete).toMatchObject({ matches: [], cursor_start: 3, cursor_end: 3 });
  other.stop();
});

/** Whether a kernel listens already. */
async function connects(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.destroy();
}

test("a kernel ends with the server that started it, also when the server is killed", async () => {
  const { file, ports } = await createConnection(course.root);
  const server = spawn(
    process.execPath,
    [
      "-e",
      `
    const kernel = require("child_process").spawn(process.execPath, ${JSON.stringify([kernelFile, file])}, { stdio: "ignore" });
    console.log(kernel.pid);
    setInterval(() => {}, 1000);`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [first] = (await once(server.stdout, "data")) as [Buffer];
  const pid = Number(first.toString());
  const alive = () => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  await vi.waitFor(() => connects(ports.shell_port!), { timeout: 60_000, interval: 100 });
  expect(alive()).toBe(true);
  server.kill("SIGKILL");
  await vi.waitFor(
    () => {
      expect(alive()).toBe(false);
    },
    { timeout: 60_000, interval: 100 },
  );
});
