/**
 * Weights that a website has. In Node there are none: the browser's kernel puts its own module in
 * place of this one, engine/browser/src/worker/weights.ts.
 */

/** One file of weights, brought in pieces that the browser keeps. */
export interface SiteWeights {
  bytes: number;
  /** Whether the browser keeps all of it, so that nothing is downloaded. */
  isStored(): Promise<boolean>;
  /**
   * Downloads what isn't kept yet, and keeps it where there is room.
   * @param onBytes called with the bytes that are here
   * @param signal ends it; what has come stays kept
   * @throws when the network ends, or the site has something else
   */
  download(onBytes: (bytes: number) => void, signal: AbortSignal): Promise<DownloadedWeights>;
}
export interface DownloadedWeights {
  bytes: Uint8Array;
  /** Whether the next time needs no network. */
  isStored: boolean;
}

/** @returns undefined where the site has no such file */
export const siteWeights: (file: string) => SiteWeights | undefined = () => undefined;
