/** JupyterLab on a student's folder, opened in headless Chromium, for tests. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page, type ViewportSize } from "playwright-core";
import { vi } from "vitest";
import { chromiumFlags, findChromium } from "builder/chromium";
import { paths } from "grader/files";
import { findJupyter } from "kernel";
import { choosePort, startServer, type Server } from "./server";

/** The project's folder. */
export const root = join(import.meta.dirname, "..", "..", "..", "..");

/** An empty folder of this name takes the place of the student's own. */
export function emptyFolder(name: string): string {
  const folder = join(root, ".local", "test", name);
  vi.stubEnv("COURSE_PERSONAL", folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

export interface RunningLab {
  server: Server;
  /** What scripts of its pages have thrown. */
  errors: string[];
  /** A page in a browser that remembers nothing; `jupyterapp` is JupyterLab once it has loaded. */
  newPage(): Promise<Page>;
  stop(): Promise<void>;
}

/**
 * Tests neither find nor change the settings of whoever works here: they have their own.
 * @param kernels whether a notebook that opens starts its kernel
 */
export async function startLab(
  viewport: ViewportSize,
  { kernels = true } = {},
): Promise<RunningLab> {
  const { personal } = paths(root);
  const server = await startServer(root, await findJupyter(), () => choosePort(undefined), [
    "--LabApp.expose_app_in_browser=True",
    `--LabApp.user_settings_dir=${join(personal, ".settings")}`,
    `--LabApp.workspaces_dir=${join(personal, ".workspaces")}`,
    ...(kernels ? [] : ["--LabApp.notebook_starts_kernel=False"]),
  ]);
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  const errors: string[] = [];
  const newPage = async () => {
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(120_000);
    page.on("pageerror", (e) => errors.push(String(e)));
    return page;
  };
  const stop = async () => {
    await browser.close();
    await server.stop();
  };
  return { server, errors, newPage, stop };
}
