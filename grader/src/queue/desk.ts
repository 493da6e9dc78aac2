/** What graders and workers of one version share: the connection, the queue, the files. */
import { Queue, type JobsOptions } from "bullmq";
import { readManifest } from "../files/manifest";
import { courseVersion, type CourseVersion } from "../batch/version";
import { connect, PREFIX, type Connection, type Say } from "./connect";
import type { Files } from "./files";
import { openFiles } from "./places";
import { bePresent, type Presence } from "./presence";
import { EXPIRES, TRIES } from "./work";

export interface DeskOptions {
  /** The queue's URL. */
  queue: string;
  /** s3://bucket/prefix; the queue's server unless given. */
  files?: string;
  /** Of a server that speaks S3. */
  endpoint?: string;
  say: Say;
}

export interface Desk {
  connection: Connection;
  /** The name of the version's queue. */
  name: string;
  queue: Queue;
  files: Files;
  version: string;
  /** Of each lesson. */
  versions: CourseVersion["lessons"];
  me: Presence;
  close(): Promise<void>;
}

/** Milliseconds before a submission is tried again, so that another worker may take it. */
const AGAIN_MS = 1000;

export const JOB_OPTIONS: JobsOptions = {
  attempts: TRIES,
  backoff: { type: "fixed", delay: AGAIN_MS },
  removeOnComplete: { age: EXPIRES },
  removeOnFail: { age: EXPIRES },
  stackTraceLimit: 0,
};

/**
 * Each version of the course has a queue of its own, so no worker takes what it would grade
 * differently.
 * @param others is told who is there, now and then
 * @throws a sentence where the server can't be reached or keeps no files
 */
export async function openDesk(
  root: string,
  kind: Presence["kind"],
  options: DeskOptions,
  others: (all: Presence[], me: string) => void,
): Promise<Desk> {
  const { version, lessons: versions } = courseVersion(root, readManifest(root));
  const connection = await connect(options.queue, options.say);
  const { redis } = connection;
  try {
    const files = await openFiles(redis, options.files, options.endpoint);
    const name = `grade-${version}`;
    const queue = new Queue(name, { connection: redis, prefix: PREFIX });
    queue.on("error", () => undefined); // the connection tells
    await queue.waitUntilReady();
    const presence = await bePresent(redis, kind, version, (all) => others(all, version));
    const { me } = presence;
    const close = async () => {
      await presence.close();
      connection.close();
    };
    return { connection, name, queue, files, version, versions, me, close };
  } catch (e) {
    connection.close();
    throw e;
  }
}
