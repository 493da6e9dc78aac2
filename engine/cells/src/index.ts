/**
 * Cells of a notebook: compiles and runs them, checks their types, explains their errors, and
 * handles Jupyter's requests about them. Nothing here knows Node, tslab or a browser.
 */
export { createChecker, type Checker, type ExecutedCell } from "./checker";
export { compileCell, type CompiledCell, type Diagnostic } from "./compile";
export { frames, positionsOf, withoutScope, type Failure, type Position } from "./errors";
export { createLink, type Display, type Link, type Publish, type Target } from "./link";
export { bestMatch, importsOf, type NotebookCell } from "./notebook";
export * from "./protocol";
export { createScope, runCell, type CellOutcome, type Runtime, type Scope } from "./run";
export * from "./session";
export { createTypeService, type FileSystem, type TypeService } from "./types";
