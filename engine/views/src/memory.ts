/** Keeps what a reader has answered in the browser's storage; nothing where that is full or off. */
import type { Memory } from "./view";

export const browserMemory: Memory = {
  read(key) {
    try {
      return localStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(key, text) {
    try {
      if (text === undefined) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    } catch {
      // the page shows it as long as it is open
    }
  },
};
