/** All declarations that a notebook's types are read from, found by reading them once. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { createTypes } from "cells";
import { ROOT } from "../node/disk";

const IMPORTS = [
  'import * as tf from "@tensorflow/tfjs-core";',
  'import * as course from "course";',
  'import * as solutions from "solutions";',
  'import { createHash } from "node:crypto";',
].join("\n");

/** @param root the course's folder @returns path as in the worker → text */
export function declarationsOf(root: string): Record<string, string> {
  const table: Record<string, string> = {};
  const onDisk = (path: string) => join(root, path.slice(ROOT.length)).split("/").join(sep);
  const inside = (path: string) => path.startsWith(`${ROOT}/`);
  const stat = (path: string) =>
    inside(path) ? statSync(onDisk(path), { throwIfNoEntry: false }) : undefined;
  const types = createTypes({
    folder: `${ROOT}/notebooks`,
    lib: `${ROOT}/node_modules/typescript/lib/lib.es2023.d.ts`,
    exists: (path) => stat(path)?.isFile() ?? false,
    isFolder: (path) => path === ROOT || (stat(path)?.isDirectory() ?? false),
    read(path) {
      if (stat(path)?.isFile() !== true) return undefined;
      table[path] = readFileSync(onDisk(path), "utf8");
      return table[path];
    },
    version: () => "1",
    realPath: (path) => path,
  });
  types.warmUp(`${IMPORTS}\nconst x: number = tf.scalar(1).dataSync()[0]!;`);
  return table;
}

export function writeDeclarations(root: string, file: string): void {
  writeFileSync(file, gzipSync(JSON.stringify(declarationsOf(root)), { level: 9 }));
}
