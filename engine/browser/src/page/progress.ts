/** The student's progress: one file among the notebooks, in the browser's own storage. */
import type { Contents } from "./jupyter";

const FILE = "progress.json";
const CHANNEL = "course.progress";
const LOST =
  "Your progress isn't kept, since the browser's storage is full or doesn't work. " +
  "Make room: delete files that you don't need.";

export interface ProgressStore {
  /** The text of the file; undefined where there is none. */
  read(): Promise<string | undefined>;
  save(text: string): void;
  /** Calls when another kernel, here or in another tab, has saved. @returns what ends that */
  onChange(call: (text: string) => void): () => void;
}

/** @param warn shows a sentence */
export function progressStore(contents: Contents, warn: (says: string) => void): ProgressStore {
  const channel = new BroadcastChannel(CHANNEL);
  const calls = new Set<(text: string) => void>();
  channel.onmessage = ({ data }: MessageEvent<string>) => {
    for (const call of calls) call(data);
  };
  let last: Promise<unknown> = Promise.resolve();
  let isKept = true;
  return {
    async read() {
      await last;
      try {
        const file = await contents.get(FILE, { type: "file", format: "text", content: true });
        return typeof file.content === "string" ? file.content : undefined;
      } catch {
        return undefined;
      }
    },
    save(text) {
      const file = { type: "file", format: "text", content: text };
      const keep = () => contents.save(FILE, file);
      last = last.then(keep).then(
        () => {
          isKept = true;
        },
        () => {
          if (isKept) warn(LOST); // once, until there is room again
          isKept = false;
        },
      );
      for (const call of calls) call(text);
      channel.postMessage(text);
    },
    onChange(call) {
      calls.add(call);
      return () => calls.delete(call);
    },
  };
}
