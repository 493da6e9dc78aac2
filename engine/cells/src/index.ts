/** What a cell of a notebook means; nothing here knows Node, tslab or a browser. */
export { compileCell, type CompiledCell, type Fault } from "./compile";
export { importsOf, likeliest, whereToRun, type NotebookCell } from "./notebook";
export { frames, positionsOf, type Position } from "./positions";
export { runCell, type Machine, type CellOutcome as Outcome } from "./run";
export { createScope, type Scope } from "./scope";
export type { Files } from "./files";
export { createTypes, type Types } from "./types";
export { createChecker, type Checker } from "./checker";
export type { Ran } from "./note";
export { completenessOf, type Completeness } from "./unfinished";
export {
  advice,
  inNamesOfTheCell,
  INTERRUPTED,
  missingName,
  syntaxFailure,
  thrownFailure,
  typeNote,
  type Failure,
  type Told,
} from "./words";
export { createLink, type Display, type Link } from "./link";
export { createSession, type Output, type Place, type Session } from "./session";
export { completeReply, inspectReply, KERNEL_INFO, NO_HISTORY, type CodeRequest } from "./replies";
export { streamBuffer, type StreamName } from "./stream";
export { createComms, type Publish, type Target } from "./comms";
