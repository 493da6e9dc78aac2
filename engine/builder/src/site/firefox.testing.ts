/**
 * Firefox for tests, over WebDriver BiDi. Puppeteer drives it: Playwright's own way needs a Firefox
 * that it builds itself. Puppeteer comes from npm into .local/firefox (`engine/install/pinned/firefox`), since
 * students need none of it.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import type { Tab } from "./lite.testing";

/** What the tests use of Puppeteer's pages. */
export interface FirefoxPage {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  evaluate<R, A extends unknown[]>(f: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** Waits until it gives something true. */
  waitForFunction<A extends unknown[]>(
    f: (...args: A) => unknown,
    options: { timeout: number },
    ...args: A
  ): Promise<unknown>;
  click(selector: string): Promise<void>;
  keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  setViewport(size: { width: number; height: number }): Promise<void>;
  screenshot(options: { path: string }): Promise<unknown>;
  on(event: "pageerror", heard: (error: Error) => void): void;
  on(event: "console", heard: (said: { type(): string; text(): string }) => void): void;
  on(event: "request", heard: (request: { url(): string }) => void): void;
  close(): Promise<void>;
}
export interface Firefox {
  newPage(): Promise<FirefoxPage>;
  version(): Promise<string>;
  close(): Promise<void>;
}
interface Puppeteer {
  launch(options: object): Promise<Firefox>;
}

const root = join(import.meta.dirname, "..", "..", "..", "..");

/** @throws with the remedy when there is none */
function findFirefox(): string {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const names = ["firefox-esr", "firefox"];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const program = process.env.COURSE_FIREFOX || found.find((file) => existsSync(file));
  if (!program) {
    throw new Error(
      "no Firefox found: install it (Debian: apt-get install firefox-esr) or set COURSE_FIREFOX " +
        "to its path",
    );
  }
  return program;
}

/**
 * A Firefox without a window that calls no server.
 * @param theme what the system says that its user prefers
 */
export async function launchFirefox(theme: "light" | "dark" = "light"): Promise<Firefox> {
  const packages = join(root, ".local", "firefox", "package.json");
  if (!existsSync(packages)) throw new Error(`${packages} is missing: npm test installs it`);
  const puppeteer = createRequire(packages)("puppeteer-core") as Puppeteer;
  return puppeteer.launch({
    browser: "firefox",
    executablePath: findFirefox(),
    headless: true,
    extraPrefsFirefox: {
      "layout.css.prefers-color-scheme.content-override": theme === "dark" ? 0 : 1,
      "ui.prefersReducedMotion": 1,
    },
    protocolTimeout: 600_000,
  });
}

/** The page as openNotebook asks it. */
export const asTab = (page: FirefoxPage): Tab =>
  ({
    goto: (url: string) => page.goto(url),
    evaluate: (f: (arg: unknown) => unknown, arg: unknown) => page.evaluate(f, arg),
    waitForFunction: (f: () => unknown, _arg: undefined, options: { timeout: number }) =>
      page.waitForFunction(f, options),
  }) as unknown as Tab;
