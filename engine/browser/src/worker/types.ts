/**
 * The worker that knows types, beside the kernel's: it checks the cells that have run, and answers
 * questions about code. Questions come first, and of each kind the newest one.
 */
import "./globals";
import { completeReply, createChecker, createTypes, inspectReply, type Checker } from "cells";
import type { Content, FromTypes, Question, ToTypes } from "../messages";
import { setImmediate } from "../node/timers";
import { fetchDeclarations, tableFiles } from "./declarations";
import { mountFiles } from "./files";
import { findNotebook, FOLDER } from "./notebooks";

const FIRST_IMPORTS =
  'import * as tf from "@tensorflow/tfjs-core";\n' +
  'import * as course from "course";\nimport * as solutions from "solutions";\n';

const tell = (message: FromTypes) => {
  postMessage(message);
};

async function start(files: string): Promise<Checker> {
  const declarations = fetchDeclarations(new URL("../types.json.gz.bin", files).href);
  await mountFiles(files);
  const types = createTypes(tableFiles(await declarations, FOLDER));
  return createChecker({ types, firstImports: () => FIRST_IMPORTS, findNotebook });
}

type Asked = Extract<ToTypes, { says: "question" }>;
const checks: { id: string; check(): object | undefined }[] = [];
const questions = new Map<Question, Asked>();
let started: Promise<Checker> | undefined;
let isWorking = false;

const REPLIES = { complete_request: completeReply, inspect_request: inspectReply };

function answer(checker: Checker, { id, type, content }: Asked): void {
  let reply: Content;
  try {
    reply = REPLIES[type](checker, content as never);
  } catch (e) {
    reply = { status: "error", ename: "Error", evalue: sentenceOf(e), traceback: [] };
  }
  tell({ says: "answer", id, content: reply });
}

function check({ id, check: noteOf }: (typeof checks)[number]): void {
  try {
    tell({ says: "checked", id, note: noteOf() });
  } catch (e) {
    tell({ says: "checked", id, trouble: sentenceOf(e) });
  }
}

const sentenceOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

/** Between two pieces of work, what has arrived meanwhile is heard. */
async function work(checker: Checker): Promise<void> {
  if (isWorking) return;
  isWorking = true;
  for (;;) {
    await setImmediate();
    const [question] = questions.values();
    const next = question ? undefined : checks.shift();
    if (!question && !next) break;
    if (question) questions.delete(question.type);
    if (question) answer(checker, question);
    if (next) check(next);
  }
  isWorking = false;
}

async function begin(files: string): Promise<void> {
  started = start(files);
  try {
    const checker = await started;
    tell({ says: "ready" });
    await setImmediate();
    if (checks.length === 0 && questions.size === 0) checker.warmUp();
  } catch (e) {
    tell({ says: "failed", sentence: sentenceOf(e) });
  }
}

addEventListener("message", ({ data }: MessageEvent<ToTypes>) => {
  if (data.says === "start") return void begin(data.files);
  void started?.then((checker) => {
    if (data.says === "question") questions.set(data.type, data);
    else if (data.isTold) checker.addChecked(data.cell);
    else checks.push({ id: data.id, check: checker.add(data.cell) });
    void work(checker);
  });
});
