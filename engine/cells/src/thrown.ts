/** From what a cell threw to the content of a Jupyter `error` message. */
import { frames, type Position } from "./positions";
import { advice, inNamesOfTheCell, thrownFailure, type Failure, type Told } from "./words";

interface Tools {
  inspect(value: unknown): string;
  isError(value: unknown): value is Error;
  /** A frame outside of cells as it is shown; undefined for one that tells a student nothing. */
  keep(line: string): string | undefined;
  /** The positions of a cell by the name of its file. */
  find(file: string): ((at: Position) => Position | undefined) | undefined;
  /** Which cell to run for a name. */
  where(name: string): string | undefined;
}

export function describeThrown(
  thrown: unknown,
  { inspect, isError, keep, find, where }: Tools,
): Failure {
  const tell = (error: unknown): Told => {
    if (!isError(error)) return { name: "Thrown", message: inspect(error), stack: [] };
    const message = inNamesOfTheCell(String(error.message));
    const todo = advice(message, where);
    return {
      name: error.name,
      message: todo === undefined ? message : `${message.replace(/\.$/, "")}. ${todo}`,
      stack: frames(String(error.stack), find, keep),
    };
  };
  const causes = isError(thrown) && thrown.cause !== undefined ? [tell(thrown.cause)] : [];
  return thrownFailure([tell(thrown), ...causes]);
}

/** An error in one sentence, with its place in the notebook. */
export function sentenceOf({ ename, evalue, traceback }: Failure): string {
  const place = /cell-(\d+), line (\d+)/.exec(traceback.slice(1).join("\n"));
  const said = evalue.split("\n")[0] || ename;
  return place ? `${said} (cell [${place[1]}], line ${place[2]})` : said;
}
