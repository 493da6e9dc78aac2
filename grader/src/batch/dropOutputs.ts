/**
 * Reads a notebook without its cells' outputs, which nobody grades and which pictures can make many
 * times as large as everything else. The file is read piece by piece and nothing of an output is
 * kept, so what it costs is time alone. What isn't a notebook comes out as it is.
 */
import { closeSync, openSync, readSync } from "node:fs";

const PIECE_BYTES = 1 << 20;
const [QUOTE, BACKSLASH, COLON, COMMA] = [...'"\\:,'].map((c) => c.charCodeAt(0));
const [OPEN_LIST, CLOSE_LIST, OPEN_RECORD, CLOSE_RECORD] = [..."[]{}"].map((c) => c.charCodeAt(0));
const KEY = "outputs";
/** A cell is a record in a list in the notebook's record. */
const CELL_DEPTH = 3;

/**
 * Makes a function that copies JSON and leaves out what the lists under the key "outputs" of cells
 * hold.
 * @param keep gets each run of bytes that stays
 */
export function outputDropper(keep: (bytes: Uint8Array) => void): (piece: Uint8Array) => void {
  /** The containers that are open, "[" or "{"; below a dropped list only how many. */
  const open: number[] = [];
  let [inString, escaped, isKey, isOutputs] = [false, false, false, false];
  /** How many containers are open inside the list that is left out, itself included; a key. */
  let [dropping, text] = [0, ""];

  /** One byte outside of strings. @returns whether it begins or ends what is left out */
  const structure = (byte: number): "begin" | "end" | undefined => {
    if (byte === OPEN_LIST || byte === OPEN_RECORD) {
      if (dropping > 0) dropping++;
      else if (isOutputs && byte === OPEN_LIST) {
        dropping = 1;
        isOutputs = false;
        return "begin";
      } else open.push(byte);
      isKey = byte === OPEN_RECORD;
    } else if (byte === CLOSE_LIST || byte === CLOSE_RECORD) {
      if (dropping > 0) return --dropping === 0 ? "end" : undefined;
      open.pop();
      isKey = false;
    } else if (byte === COMMA) isKey = open.at(-1) === OPEN_RECORD;
    else if (byte === COLON) {
      const inCell = open.length === CELL_DEPTH && open[1] === OPEN_LIST;
      isOutputs = dropping === 0 && inCell && text === KEY;
      isKey = false;
      return undefined;
    }
    if (byte > 0x20) isOutputs = false;
    return undefined;
  };

  /** One byte of a string. */
  const string = (byte: number) => {
    if (escaped) escaped = false;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === QUOTE) inString = false;
    if (inString && isKey && text.length <= KEY.length) text += String.fromCharCode(byte);
  };

  return (piece) => {
    let from = 0;
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i]!;
      if (inString) string(byte);
      else if (byte === QUOTE) {
        inString = true;
        text = "";
      } else {
        const edge = structure(byte);
        if (edge === "begin") keep(piece.subarray(from, i + 1));
        if (edge === "end") from = i;
      }
    }
    if (dropping === 0) keep(piece.subarray(from));
  };
}

/**
 * @param limit how many bytes may be left
 * @returns undefined where more are
 */
export function readWithoutOutputs(path: string | Buffer, limit: number): Buffer | undefined {
  const kept: Uint8Array[] = [];
  let length = 0;
  const drop = outputDropper((bytes) => {
    length += bytes.length;
    if (length <= limit) kept.push(bytes.slice());
  });
  const file = openSync(path, "r");
  try {
    const piece = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const n = readSync(file, piece);
      if (n === 0) return Buffer.concat(kept);
      drop(piece.subarray(0, n));
      if (length > limit) return undefined;
    }
  } finally {
    closeSync(file);
  }
}
