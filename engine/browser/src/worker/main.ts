/** The kernel's worker: it waits for the page to start it, then answers requests one by one. */
import "./globals";
import { createSession, type Session } from "cells";
import modules from "course:modules";
import type { FromWorker, ToWorker } from "../messages";
import { process } from "../node/process";
import { offer, requireModule } from "../node/modules";
import { takeConsole } from "./console";
import { keepProgress, mountFiles } from "./files";
import { FOLDER } from "./notebooks";
import { createPlace, type WorkerOutput } from "./place";
import { answersOf, type Sender } from "./requests";
import { reportStrays } from "./strays";
import { findWeights } from "./weights";

const tell = (message: FromWorker) => {
  postMessage(message);
};

type Start = Extract<ToWorker, { says: "start" }>;
type Request = Extract<ToWorker, { says: "request" }>;

async function start({ files, device }: Start) {
  process.env.COURSE_DEVICE = device;
  await Promise.all([mountFiles(files), findWeights(files)]);
  offer(modules(files));
  const place = createPlace();
  const session = createSession(place, FOLDER);
  takeConsole((stream, text) => session.output()?.write(stream, text));
  reportStrays(session);
  const course = requireModule("course", FOLDER) as { chooseDevice(): Promise<unknown> };
  await course.chooseDevice();
  return { place, session };
}

let started: ReturnType<typeof start> | undefined;
let last: Promise<unknown> = Promise.resolve();

async function answer(
  { id, type, content }: Request,
  session: Session<WorkerOutput>,
): Promise<void> {
  const sender: Sender = {
    publish: (kind, said) => {
      tell({ says: "publish", id, type: kind, content: said as never });
    },
    check: (cell) => {
      tell({ says: "ran", id, cell });
    },
  };
  try {
    const reply = await answersOf(session)[type]?.(content, sender);
    tell({ says: "done", id, content: reply });
  } catch (e) {
    const failure = session.describe(e);
    tell({ says: "done", id, content: { status: "error", ...failure } });
  }
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.says === "start") {
    started = start(data);
    started.then(
      () => {
        tell({ says: "ready" });
      },
      (e: unknown) => {
        tell({ says: "failed", sentence: e instanceof Error ? e.message : String(e) });
      },
    );
  } else if (data.says === "request") {
    last = last.then(async () => answer(data, (await started!).session));
  } else if (data.says === "interrupt") {
    void started?.then(({ place }) => {
      place.link.stop();
      tell({ says: "interrupted" });
    });
  } else {
    keepProgress(data.text);
  }
});
