/** Announces weights of the website on which the notebook runs, and downloads them under a bar. */
import { box, INFO_COLOR } from "./check/html";
import { escapeHtml } from "./figures/html";
import { cellSignal, display } from "./kernel";
import type { SiteWeights } from "./siteWeights";
import { progressBar } from "./steps";

const STORED = "downloaded, and kept in this browser for the next time";
const NOT_STORED =
  "downloaded, but this browser has no room to keep them: the next time they come again";

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/**
 * Shows nothing when the browser keeps the file already.
 * @param about a line that says what they are, how large, and under which license
 * @returns undefined when the download was cut; what it says then has been shown
 * @throws when the reader stops the cell
 */
export async function downloadWeights(
  name: string,
  about: string,
  site: SiteWeights,
): Promise<Uint8Array | undefined> {
  const signal = cellSignal();
  if (await site.isStored()) return (await site.download(() => undefined, signal)).bytes;
  display({ "text/plain": about });
  const bar = progressBar(`downloading ${name}`, site.bytes);
  let here = 0;
  const onBytes = (bytes: number) => {
    here = bytes;
    bar.set(bytes, `${megabytes(bytes)} of ${megabytes(site.bytes)}`);
  };
  try {
    const { bytes, isStored: isKept } = await site.download(onBytes, signal);
    bar.end(site.bytes, isKept ? STORED : NOT_STORED);
    return bytes;
  } catch (e) {
    bar.end(here, `stopped at ${megabytes(here)} of ${megabytes(site.bytes)}`);
    signal.throwIfAborted();
    showInterrupted(e);
    return undefined;
  }
}

function showInterrupted(e: unknown): void {
  const why = e instanceof TypeError ? "is there a network?" : `${String((e as Error).message)}.`;
  const says =
    `The download of the weights ended early: ${why} Run this cell again to go on from there. ` +
    "The cell continues without them.";
  display({ "text/html": box(INFO_COLOR, escapeHtml(says)), "text/plain": says });
}
