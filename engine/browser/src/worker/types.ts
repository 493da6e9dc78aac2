/**
 * The types' worker, beside the kernel's: it checks the cells that have run, and answers requests
 * about code. Requests come before checks, and of each type only the newest counts. It reads types
 * from one table of declarations that is made with the site.
 */
import "./globals";
import {
  completeReply,
  createChecker,
  createTypeService,
  inspectReply,
  type Checker,
  type FileSystem,
} from "cells";
import { gunzipSync } from "fflate";
import type { CodeRequestType, Content, TypesRequest, TypesResponse } from "../messages";
import { ROOT } from "../node/disk";
import { setImmediate } from "../node/timers";
import { findNotebook, FOLDER, mountFiles } from "./files";

const FIRST_IMPORTS =
  'import * as tf from "@tensorflow/tfjs-core";\n' +
  'import * as course from "course";\nimport * as solutions from "solutions";\n';

const send = (message: TypesResponse) => {
  postMessage(message);
};

async function start(files: string): Promise<Checker> {
  const declarations = fetchDeclarations(new URL("../types.json.gz.bin", files).href);
  await mountFiles(files);
  const types = createTypeService(tableFiles(await declarations, FOLDER));
  return createChecker({ types, firstImports: () => FIRST_IMPORTS, findNotebook });
}

type CodeRequest = Extract<TypesRequest, { type: "request" }>;
const checks: { id: string; check(): object | undefined }[] = [];
const requests = new Map<CodeRequestType, CodeRequest>();
let started: Promise<Checker> | undefined;
let isWorking = false;

const REPLIES = { complete_request: completeReply, inspect_request: inspectReply };

function handleRequest(checker: Checker, { id, messageType, content }: CodeRequest): void {
  let reply: Content;
  try {
    reply = REPLIES[messageType](checker, content as never);
  } catch (e) {
    reply = { status: "error", ename: "Error", evalue: messageOf(e), traceback: [] };
  }
  send({ type: "reply", id, content: reply });
}

function check({ id, check: noteOf }: (typeof checks)[number]): void {
  try {
    send({ type: "checked", id, note: noteOf() });
  } catch (e) {
    send({ type: "checked", id, error: messageOf(e) });
  }
}

const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

/** Handles requests and checks; before each it receives the messages that have come meanwhile. */
async function processQueue(checker: Checker): Promise<void> {
  if (isWorking) return;
  isWorking = true;
  for (;;) {
    await setImmediate();
    const [request] = requests.values();
    const next = request ? undefined : checks.shift();
    if (!request && !next) break;
    if (request) requests.delete(request.messageType);
    if (request) handleRequest(checker, request);
    if (next) check(next);
  }
  isWorking = false;
}

async function begin(files: string): Promise<void> {
  started = start(files);
  try {
    const checker = await started;
    send({ type: "ready" });
    await setImmediate();
    if (checks.length === 0 && requests.size === 0) checker.warmUp();
  } catch (e) {
    send({ type: "failed", reason: messageOf(e) });
  }
}

addEventListener("message", ({ data }: MessageEvent<TypesRequest>) => {
  if (data.type === "start") return void begin(data.files);
  void started?.then((checker) => {
    if (data.type === "request") requests.set(data.messageType, data);
    else if (data.isChecked) checker.addChecked(data.cell);
    else checks.push({ id: data.id, check: checker.add(data.cell) });
    void processQueue(checker);
  });
});

/** Path → text, of .d.ts files and of package.json. */
type Declarations = Record<string, string>;

/** Where TypeScript's own declarations of the language are in the table. */
const LANGUAGE_LIB = `${ROOT}/node_modules/typescript/lib/lib.es2023.d.ts`;

async function fetchDeclarations(url: string): Promise<Declarations> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be loaded (${response.status})`);
  const packed = new Uint8Array(await response.arrayBuffer());
  return JSON.parse(new TextDecoder().decode(gunzipSync(packed))) as Declarations;
}

/** The table of declarations as a file system. */
function tableFiles(table: Declarations, folder: string): FileSystem {
  const folders = new Set<string>([folder]);
  for (const path of Object.keys(table)) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      folders.add(path.slice(0, at));
    }
  }
  return {
    folder,
    lib: LANGUAGE_LIB,
    exists: (path) => Object.hasOwn(table, path),
    isFolder: (path) => folders.has(path),
    read: (path) => table[path],
    version: () => "1",
    realPath: (path) => path,
  };
}
