/** A save that the browser's storage refuses: one sentence, and the file as a download. */
import type { Contents, File } from "./jupyter";

/** `Notification` of JupyterLab. */
export interface Toasts {
  /** @returns its id */
  warning(says: string, options: object): string;
  info(says: string, options: object): string;
  dismiss(id: string): void;
}

/** File → Download saves first, so it can't help where nothing can be saved. */
export function offerDownloads(contents: Contents, toasts: Toasts): void {
  const save = contents.save.bind(contents);
  const shown = new Map<string, string>();
  const dismiss = (path: string) => {
    const id = shown.get(path);
    if (id !== undefined) toasts.dismiss(id);
    shown.delete(path);
  };
  contents.save = async (path, file) => {
    try {
      const saved = await save(path, file);
      dismiss(path);
      return saved;
    } catch (e) {
      if (!(e instanceof DOMException)) throw e;
      dismiss(path);
      const says = sentence(path, e);
      const callback = () => {
        download(path, file);
      };
      const options = { autoClose: false, actions: [{ label: "Download it now", callback }] };
      shown.set(path, toasts.warning(says, options));
      throw new Error(`${says} ${REMEDY}`, { cause: e });
    }
  };
}

/** JupyterLab cuts a note after 140 letters; its own dialog shows all. */
const sentence = (path: string, { name, message }: DOMException): string =>
  name === "QuotaExceededError"
    ? `${path} isn't saved: the browser's storage is full.`
    : `${path} isn't saved: the browser's storage doesn't work (${message || name}).`;

const REMEDY =
  'Close this message and press "Download it now". Then make room: delete files that you don\'t need.';

function download(path: string, { content }: File): void {
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = path.slice(path.lastIndexOf("/") + 1);
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
