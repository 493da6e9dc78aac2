/** The student's progress: one file among the notebooks, in the browser's own storage. */
import type { Contents } from "./jupyter";

const FILE = "progress.json";
const CHANNEL = "course.progress";

export interface ProgressStore {
  /** The text of the file; undefined where there is none. */
  read(): Promise<string | undefined>;
  save(text: string): void;
  /** Calls when another kernel, here or in another tab, has saved. @returns what ends that */
  onChange(call: (text: string) => void): () => void;
}

export function progressStore(contents: Contents): ProgressStore {
  const channel = new BroadcastChannel(CHANNEL);
  const calls = new Set<(text: string) => void>();
  channel.onmessage = ({ data }: MessageEvent<string>) => {
    for (const call of calls) call(data);
  };
  let last: Promise<unknown> = Promise.resolve();
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
      last = last.then(() => contents.save(FILE, file)).catch(() => undefined);
      for (const call of calls) call(text);
      channel.postMessage(text);
    },
    onChange(call) {
      calls.add(call);
      return () => calls.delete(call);
    },
  };
}
