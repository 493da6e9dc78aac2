/**
 * How a cell runs: under a file name of its own, cell-<count>, so that stacks can name it, and with its top-level variables in a
 * plain object. tslab keeps them in a Proxy, where each write costs some 350 ns: a loop over `sum += i` runs 30 times slower.
 */
import vm from "node:vm";
import { mapsOfLastCell } from "./typescript.js";

const CELL = /^\((?:async )?function\(exports, require\) \{ /; // how tslab wraps what it runs
const OPENING = "globalThis.__tslab__ = x"; // how it hands over exports and require, once
const SHOWN = /^tsLastExpr\d*$/; // the value of a cell's last expression

const store = Object.create(null);
const sources = new Map(); // cell-3 → { prefix, lines, maps }
let current = "cell-0";

export const startCell = (count) => { current = `cell-${count}`; };

/** A shown value must not stay alive: it may be a tensor's worth of memory. */
export function forgetShownValue() {
  for (const name of Object.keys(store)) if (SHOWN.test(name)) store[name] = undefined;
}

/** Imports arrive as getters of another module; a cell may assign to the name later, so the value is copied. */
function define(target, name, { get, value }) {
  if (name !== "__esModule") target[name] = get ? get() : value;
  return target;
}

export function nameCells() {
  const run = vm.runInThisContext;
  vm.runInThisContext = (code, options) => {
    if (code.includes(OPENING)) {
      return (given) => {
        Object.setPrototypeOf(given.exports, store); // tslab reads last expressions from its own object: they reach it by inheritance
        run(code, options)({ ...given, exports: store, define });
      };
    }
    const prefix = CELL.exec(code)?.[0].length;
    if (prefix === undefined) return run(code, options);
    sources.set(current, { prefix, lines: code.split("\n").length, maps: mapsOfLastCell() });
    return run(code, { ...options, filename: current });
  };
}

/**
 * Where in the cell a position of the running code comes from; all positions count from 1.
 * @returns undefined for what tslab added itself
 */
export function positionInCell(file, line, column) {
  const source = sources.get(file);
  if (!source || source.maps.length === 0 || line === source.lines) return undefined; // the last line is tslab's call of the cell
  let l = line - 1, c = column - 1 - (line === 1 ? source.prefix : 0);
  for (const map of source.maps) {
    const entry = map.findEntry(l, c);
    if (entry.originalLine === undefined) return undefined;
    l = entry.originalLine;
    c = entry.originalColumn;
  }
  return { line: l, column: c + 1 }; // tslab puts one line before the cell, which makes up for counting from 0
}
