/** What the page and its two workers say to each other: the kernel's, and the one of types. */
import type { Ran } from "cells";

export type Content = Record<string, unknown>;

/** The course's files that the site has beside the worker: path in the course's folder → bytes. */
export type FileList = Record<string, number>;

/** Weights of real models that the site has: path in the course's folder → its pieces. */
export type WeightsList = Record<string, WeightsFile>;
export interface WeightsFile {
  bytes: number;
  /** The sha256 of each piece, in order; they are files by these names. */
  pieces: string[];
}

export type ToWorker =
  | {
      says: "start";
      /** The address of the folder `files`, with a / at its end. */
      files: string;
      /** The device that the reader has asked for. */
      device?: string;
    }
  /** A message of Jupyter's protocol. */
  | { says: "request"; id: string; type: string; content: Content }
  | { says: "interrupt" }
  /** The student's progress as it was kept, or as another notebook has changed it. */
  | { says: "progress"; text: string };

export type FromWorker =
  | { says: "ready" }
  /** The worker could not start. */
  | { says: "failed"; sentence: string }
  /** It has heard "interrupt": it is not inside a loop, and the cell ends. */
  | { says: "interrupted" }
  | { says: "publish"; id: string; type: string; content: Content }
  /** The cell of this request has run, and its types can be checked. */
  | { says: "ran"; id: string; cell: Ran }
  /** A request is done; `content` is its reply, where it has one. */
  | { says: "done"; id: string; content?: Content }
  | { says: "progress"; text: string };

export type ToTypes =
  /** `files` as in ToWorker. */
  | { says: "start"; files: string }
  /** @see FromWorker. `isTold`: the cell's note is told already, by a worker before this one */
  | { says: "ran"; id: string; cell: Ran; isTold: boolean }
  /** A request of Jupyter's protocol about code. */
  | { says: "question"; id: string; type: Question; content: Content };

export type Question = "complete_request" | "inspect_request";

export type FromTypes =
  | { says: "ready" }
  /** The worker could not start. */
  | { says: "failed"; sentence: string }
  /** A cell is checked: its note where it has one, or why it could not be checked. */
  | { says: "checked"; id: string; note?: object; trouble?: string }
  | { says: "answer"; id: string; content: Content };
