/**
 * In place of engine/course/src/siteWeights.ts: the weights that a site has beside its kernel. A file comes
 * in pieces, each checked by its hash and kept in the browser's storage, so that a download which
 * was cut goes on where it ended, and later no network is needed.
 */
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";
import type { DownloadedWeights, SiteWeights } from "course/siteWeights";
import type { WeightsFile, WeightsList } from "../messages";
import { ROOT } from "../node/disk";
import { openPieces, type Pieces } from "./pieces";

/** Room that stays for the reader's notebooks. */
const SPARE_BYTES = 50e6;

const site = { folder: "", weights: {} as WeightsList };

/** @param files the address of the folder `files` */
export async function findWeights(files: string): Promise<void> {
  const folder = new URL("../", files).href;
  const answer = await fetch(new URL("weights.json", folder));
  if (!answer.ok) throw new Error(`weights.json could not be loaded (${answer.status})`);
  Object.assign(site, { folder, weights: await answer.json() });
}

/** See engine/course/src/siteWeights.ts. */
export function siteWeights(file: string): SiteWeights | undefined {
  const path = file.slice(ROOT.length + 1);
  const found = Object.hasOwn(site.weights, path) ? site.weights[path] : undefined;
  if (!found) return undefined;
  return {
    bytes: found.bytes,
    isStored: () => withPieces(path, async (kept) => (await kept.missing(found.pieces)).length === 0),
    download: (onBytes, signal) =>
      oneAtATime(path, signal, () =>
        withPieces(path, (kept) => bring(found, kept, onBytes, signal)),
      ),
  };
}

async function withPieces<T>(path: string, use: (kept: Pieces) => Promise<T>): Promise<T> {
  const kept = await openPieces(`Weights of ${new URL("../../", site.folder).pathname}`, path);
  try {
    return await use(kept);
  } finally {
    kept.close();
  }
}

/** A second tab waits for the first and then finds everything kept. */
async function oneAtATime<T>(path: string, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const { locks } = navigator as Partial<Navigator>;
  if (!locks) return run();
  return (await locks.request(`${site.folder}${path}`, { signal }, run)) as T;
}

async function bring(
  { bytes, pieces }: WeightsFile,
  kept: Pieces,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<DownloadedWeights> {
  const whole = new Uint8Array(bytes);
  let isKept = await makeRoom(kept, pieces, bytes);
  let at = 0;
  for (const hash of pieces) {
    signal.throwIfAborted();
    let piece = await kept.read(hash);
    if (!piece) {
      piece = await fetchPiece(hash, signal);
      isKept &&= await kept.write(hash, piece);
    }
    whole.set(piece, at);
    at += piece.byteLength;
    onBytes(at);
  }
  // pieces without the others only take room
  if (!isKept) await kept.clear();
  return { bytes: whole, isStored: isKept };
}

/** Drops pieces of an earlier file. @returns whether all of this one fits */
async function makeRoom(kept: Pieces, pieces: string[], bytes: number): Promise<boolean> {
  await kept.dropOthers(pieces);
  const missing = (await kept.missing(pieces)).length / pieces.length;
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  if (quota === undefined || usage === undefined) return true;
  return missing === 0 || usage + missing * bytes + SPARE_BYTES <= quota;
}

async function fetchPiece(hash: string, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await fetch(new URL(`weights/${hash}.bin`, site.folder), { signal });
  if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
  const piece = new Uint8Array(await answer.arrayBuffer());
  if (bytesToHex(sha256(piece)) === hash) return piece;
  throw new Error("what came isn't what the site had when it was made");
}
