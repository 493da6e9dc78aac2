/** The course's files, which the site has, and the student's progress, which the page keeps. */
import { ROOT, hold, mount } from "../node/disk";
import type { FileList, FromWorker } from "../messages";

export const PROGRESS = `${ROOT}/my-course/progress.json`;

/** Servers unpack what ends in .gz, or say that the browser should; under this name, none does. */
const served = (path: string) => (path.endsWith(".gz") ? `${path}.bin` : path);

/** @param base the address of the folder `files`, with a / at its end */
export async function mountFiles(base: string): Promise<void> {
  const answer = await fetch(new URL("../files.json", base));
  if (!answer.ok) throw new Error(`files.json could not be loaded (${answer.status})`);
  const list = (await answer.json()) as FileList;
  const files = Object.entries(list).map(
    ([path, bytes]) => [`${ROOT}/${path}`, bytes] as [string, number],
  );
  mount(files, (path) => fetchNow(base, path.slice(ROOT.length + 1)), wrote);
}

export const keepProgress = (text: string): void => {
  hold(PROGRESS, new TextEncoder().encode(text));
};

function wrote(path: string, bytes: Uint8Array | undefined): void {
  if (path !== PROGRESS || !bytes) return;
  const message: FromWorker = { says: "progress", text: new TextDecoder().decode(bytes) };
  postMessage(message);
}

/** A worker may wait for an answer, so that reading a file stays as simple as on a disk. */
function fetchNow(base: string, path: string): Uint8Array {
  const request = new XMLHttpRequest();
  request.open("GET", new URL(served(path), base), false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch (e) {
    throw new Error(`${path} could not be loaded: is there a network?`, { cause: e });
  }
  if (request.status === 200) return new Uint8Array(request.response as ArrayBuffer);
  throw new Error(`${path} could not be loaded: the site answered ${request.status}`);
}
