/** Node's `timers/promises`. */
const { setTimeout: later } = globalThis;

/** The next turn of the loop that handles messages, without a browser's 4 ms between timers. */
export function setImmediate<T>(value?: T): Promise<T | undefined> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done(value);
    };
    port2.postMessage(0);
  });
}

export const setTimeout = <T>(ms: number, value?: T): Promise<T | undefined> =>
  new Promise((done) => {
    later(() => {
      done(value);
    }, ms);
  });
