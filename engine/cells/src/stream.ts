/**
 * Printed text on its way to Jupyter: what follows within 50 ms is put together, so that a loop
 * that prints 5,000 lines sends a handful of messages. Order between stdout and stderr is kept.
 */
const EVERY_MS = 50;
const AT_MOST = 1 << 16;

export type StreamName = "stdout" | "stderr";

export function streamBuffer(send: (name: StreamName, text: string) => void) {
  let name: StreamName = "stdout";
  let text = "";
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (text === "") return;
    const whole = text;
    text = "";
    last = Date.now();
    send(name, whole);
  };
  const write = (to: StreamName, more: string) => {
    if (to !== name) {
      flush();
      name = to;
    }
    text += more;
    if (Date.now() - last >= EVERY_MS || text.length > AT_MOST) flush();
    else timer ??= setTimeout(flush, EVERY_MS);
  };
  return { write, flush };
}
