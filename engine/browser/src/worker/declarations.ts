/** The declarations that types are read from: one table, made with the site. */
import type { Files } from "cells";
import { gunzipSync } from "fflate";
import { ROOT } from "../node/disk";

/** Path → text, of .d.ts files and of package.json. */
export type Declarations = Record<string, string>;

/** Where TypeScript's own declarations of the language are in the table. */
export const LIB = `${ROOT}/node_modules/typescript/lib/lib.es2023.d.ts`;

export async function fetchDeclarations(url: string): Promise<Declarations> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} could not be loaded (${answer.status})`);
  const packed = new Uint8Array(await answer.arrayBuffer());
  return JSON.parse(new TextDecoder().decode(gunzipSync(packed))) as Declarations;
}

export function tableFiles(table: Declarations, folder: string): Files {
  const folders = new Set<string>([folder]);
  for (const path of Object.keys(table)) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      folders.add(path.slice(0, at));
    }
  }
  return {
    folder,
    lib: LIB,
    exists: (path) => Object.hasOwn(table, path),
    isFolder: (path) => folders.has(path),
    read: (path) => table[path],
    version: () => "1",
    realPath: (path) => path,
  };
}
