/** What nobody catches is told where the last cell's output is. */
import type { Session } from "cells";

export function reportStrays(session: Pick<Session, "describe" | "output">): void {
  const told = new WeakSet<object>();
  const tell = (thrown: unknown) => {
    if (typeof thrown === "object" && thrown !== null) {
      if (told.has(thrown)) return;
      told.add(thrown);
    }
    const { traceback } = session.describe(thrown);
    session.output()?.write("stderr", `${traceback.join("\n")}\n`);
  };
  addEventListener("error", (event) => {
    event.preventDefault();
    tell(event.error);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    tell(event.reason);
  });
}
