/** A progress bar on a terminal, a line every tenth of the way elsewhere. */
const WIDTH = 30;

export function progressBar(
  stream: NodeJS.WriteStream,
  what: string,
): (done: number, of: number) => void {
  let tenth = 0;
  return (done, of) => {
    if (stream.isTTY) {
      const full = Math.round((WIDTH * done) / of);
      stream.write(
        `\r${what} ${"█".repeat(full)}${"░".repeat(WIDTH - full)} ` +
          `${done}/${of}${done === of ? "\n" : ""}`,
      );
    } else if (of >= 20 && Math.floor((10 * done) / of) > tenth) {
      tenth = Math.floor((10 * done) / of);
      stream.write(`${what} ${done}/${of}\n`);
    }
  };
}
