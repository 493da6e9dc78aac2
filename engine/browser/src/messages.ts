/**
 * The messages between the page and its two workers: the kernel's worker, which runs cells, and the
 * types' worker, which checks them and answers requests about code.
 */
import type { ExecutedCell } from "cells";

export type Content = Record<string, unknown>;

/** The course's files that the site has beside the worker: path in the course's folder → bytes. */
export type FileList = Record<string, number>;

/** Weights of real models that the site has: path in the course's folder → its chunks. */
export type WeightsList = Record<string, WeightsFile>;
export interface WeightsFile {
  bytes: number;
  /** The sha256 of each chunk, in order; the chunks are files with these names. */
  pieces: string[];
}

/** From the page to the kernel's worker. */
export type KernelRequest =
  | {
      type: "start";
      /** The address of the folder `files`, with a / at its end. */
      files: string;
      /** The device that the reader requested. */
      device?: string;
    }
  /** A message of Jupyter's protocol. */
  | { type: "request"; id: string; messageType: string; content: Content }
  | { type: "interrupt" }
  /** The student's progress as it was stored, or as another notebook has changed it. */
  | { type: "progress"; text: string };

/** From the kernel's worker to the page. */
export type KernelResponse =
  | { type: "ready" }
  /** The worker could not start. */
  | { type: "failed"; reason: string }
  /** The worker has received "interrupt": it is not in an endless loop, and the cell ends. */
  | { type: "interrupted" }
  /** A message of Jupyter's protocol to publish for a request. */
  | { type: "publish"; id: string; messageType: string; content: Content }
  /** The cell of a request has run, and its types can be checked. */
  | { type: "executed"; id: string; cell: ExecutedCell }
  /** A request is done; `content` is its reply, where it has one. */
  | { type: "done"; id: string; content?: Content }
  | { type: "progress"; text: string };

/** From the page to the types' worker. */
export type TypesRequest =
  /** `files` as in KernelRequest. */
  | { type: "start"; files: string }
  /** A cell has run. `isChecked`: an earlier worker has checked it already */
  | { type: "executed"; id: string; cell: ExecutedCell; isChecked: boolean }
  /** A request of Jupyter's protocol about code. */
  | { type: "request"; id: string; messageType: CodeRequestType; content: Content };

export type CodeRequestType = "complete_request" | "inspect_request";

/** From the types' worker to the page. */
export type TypesResponse =
  | { type: "ready" }
  /** The worker could not start. */
  | { type: "failed"; reason: string }
  /** A cell is checked: its note where it has one, or why it could not be checked. */
  | { type: "checked"; id: string; note?: object; error?: string }
  | { type: "reply"; id: string; content: Content };
