/** A grader's or a worker's session at the queue: its connection, the queue and the file store. */
import { Queue, type JobsOptions } from "bullmq";
import { readManifest } from "../files/manifest";
import { courseVersion, type CourseVersion } from "../batch/version";
import { connect, PREFIX, type Connection, type Log } from "./connect";
import { openFileStore, type FileStore } from "./fileStore";
import { FILE_TTL_S, MAX_ATTEMPTS } from "./messages";
import { announcePresence, type Presence } from "./presence";

export interface QueueSessionOptions {
  /** The queue's URL. */
  queue: string;
  log: Log;
}

export interface QueueSession {
  connection: Connection;
  /** The name of the version's queue. */
  name: string;
  queue: Queue;
  files: FileStore;
  version: string;
  /** The version of each lesson, by its id. */
  versions: CourseVersion["lessons"];
  self: Presence;
  close(): Promise<void>;
}

/** Before a submission is tried again, so that another worker may take it. */
const RETRY_DELAY_MS = 1000;

export const JOB_OPTIONS: JobsOptions = {
  attempts: MAX_ATTEMPTS,
  backoff: { type: "fixed", delay: RETRY_DELAY_MS },
  removeOnComplete: { age: FILE_TTL_S },
  removeOnFail: { age: FILE_TTL_S },
  stackTraceLimit: 0,
};

/**
 * Each version of the course has a queue of its own, so no worker takes what it would grade
 * differently.
 * @param onPresence called every few seconds with all who are connected, and this session's version
 * @throws a sentence where the server can't be reached or keeps no files
 */
export async function openQueueSession(
  root: string,
  kind: Presence["kind"],
  options: QueueSessionOptions,
  onPresence: (all: Presence[], version: string) => void,
): Promise<QueueSession> {
  const { version, lessons: versions } = courseVersion(root, readManifest(root));
  const connection = await connect(options.queue, options.log);
  const { redis } = connection;
  try {
    const files = await openFileStore(redis);
    const name = `grade-${version}`;
    const queue = new Queue(name, { connection: redis, prefix: PREFIX });
    queue.on("error", () => undefined); // the connection reports outages
    await queue.waitUntilReady();
    const presence = await announcePresence(redis, kind, version, (all) =>
      onPresence(all, version),
    );
    const close = async () => {
      await presence.close();
      connection.close();
    };
    return {
      connection,
      name,
      queue,
      files,
      version,
      versions,
      self: presence.self,
      close,
    };
  } catch (e) {
    connection.close();
    throw e;
  }
}
