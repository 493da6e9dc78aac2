/**
 * A notebook that is open in two tabs: both save into one file, so what is written in one can get lost
 * or mixed. Tabs ask each other when a notebook opens, and the reader is told.
 */
import type { Application, Contents } from "./jupyter";

/** What tabs say to each other: who asks, and who has the notebook open. */
type TabMessage = { asks: string; from: string } | { has: string; to: string };

/** JupyterLab cuts a notification after 140 letters. */
const openElsewhere = (path: string) =>
  `${path} is open in another tab, too. Close it in one of them: both save into the same file.`;

/**
 * Wraps `contents.get`, by which JupyterLab opens a notebook.
 * @param name of the site's store of notebooks
 * @param warn shows a sentence
 */
export function watchTabs(
  contents: Contents,
  { shell }: Pick<Application, "shell">,
  name: string,
  warn: (message: string) => void,
): void {
  const channel = new BroadcastChannel(`course.tabs ${name}`);
  const self = crypto.randomUUID();
  const isOpenHere = (path: string) =>
    [...shell.widgets("main")].some(({ context }) => context?.path === path);
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if ("asks" in data) {
      if (!isOpenHere(data.asks)) return;
      channel.postMessage({ has: data.asks, to: data.from } satisfies TabMessage);
    } else if (data.to === self) {
      warn(openElsewhere(data.has));
    }
  };
  const get = contents.get.bind(contents);
  contents.get = (path, options) => {
    const { type, content } = options as { type?: string; content?: boolean };
    if (type === "notebook" && content !== false) {
      channel.postMessage({ asks: path, from: self } satisfies TabMessage);
    }
    return get(path, options);
  };
}
