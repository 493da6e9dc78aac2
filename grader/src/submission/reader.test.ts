/** Whose answer it is, with processes of our own making. */
import { EventEmitter } from "node:events";
import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { startReader } from "./reader";
import type { ReadRequest, ReadResponse } from "./readerProcess";

/** A process that answers as it is told; `says` names the notebook that it was asked about. */
class FakeProcess extends EventEmitter {
  connected = true;
  killed = false;
  exitCode: number | null = null;
  readonly pid = undefined;

  constructor(readonly answer: (says: string, reply: (answer: string) => void) => void) {
    super();
  }
  send(message: ReadRequest | { lessons: unknown }) {
    if ("lessons" in message) return;
    const reply = (error: string) =>
      this.emit("message", { id: message.id, result: { error } } satisfies ReadResponse);
    this.answer(Buffer.from(message.bytes).toString(), reply);
  }
  kill() {
    this.killed = true;
  }
  end() {
    this.exitCode = 1;
    this.connected = false;
    this.emit("exit");
  }
}

type Behave = ConstructorParameters<typeof FakeProcess>[0];
function readerOf(...behaviors: Behave[]) {
  const started: FakeProcess[] = [];
  const start = () => {
    const fake = new FakeProcess(behaviors[Math.min(started.length, behaviors.length - 1)]!);
    started.push(fake);
    return fake as unknown as ChildProcess;
  };
  const reader = startReader([], { limitMs: 400, start });
  const read = async (text: string) => {
    const answer = await reader.read(Buffer.from(text));
    return "error" in answer ? answer.error : "";
  };
  return { read, started };
}
const echo: Behave = (says, reply) => setImmediate(() => reply(says));

test("a late answer is nobody else's", async () => {
  const late: ((answer: string) => void)[] = [];
  const { read, started } = readerOf((_, reply) => late.push(reply), echo);
  const slow = read("slow");
  const [first, second] = [read("first"), read("second")];
  expect(await slow).toBe("takes longer than 0.4 s to read");
  late[0]!("slow, late");
  expect(await Promise.all([first, second])).toEqual(["first", "second"]);
  expect(started[0]!.killed).toBe(true);
});

test("an answer to another question is not taken", async () => {
  const { read } = readerOf(function answer(says, reply) {
    if (says === "one") setTimeout(() => reply("one"), 20);
    else setTimeout(() => reply(says), 60);
  });
  expect(await read("one")).toBe("one");
  expect(await Promise.all(["a", "b", "c"].map(read))).toEqual(["a", "b", "c"]);
});

test("an answer that waits while this process is busy counts", async () => {
  const { read } = readerOf(echo);
  const answer = read("right");
  for (const end = performance.now() + 1500; performance.now() < end;);
  expect(await answer).toBe("right");
});

test("a process that others wore out costs nobody; who breaks a fresh one, itself", async () => {
  let asked = 0;
  const { read, started } = readerOf((says, reply) => {
    asked++;
    if (says === "bad" || (says === "innocent" && asked === 2)) {
      setImmediate(() => started.at(-1)!.end());
    } else setImmediate(() => reply(says));
  });
  expect(await read("good")).toBe("good");
  expect(await read("innocent")).toBe("innocent");
  expect(await read("bad")).toMatch(/^cannot be read: its process ended/);
  expect(await read("good")).toBe("good");
  await pause(0);
});
