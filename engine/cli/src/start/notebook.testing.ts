/** A notebook in front in the real JupyterLab, driven cell by cell, for tests. */
import { inTime } from "builder/inTime";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What the tests use of `jupyterapp`, which the page has when the server exposes it. */
interface Lab {
  commands: { execute(name: string, args?: object): Promise<unknown> };
  shell: {
    currentWidget: {
      context: { model: { dirty: boolean }; save(): Promise<void> };
      content: {
        activeCellIndex: number;
        widgets: {
          model: {
            id: string;
            type: string;
            executionCount: number | null;
            executionState: string;
            outputs?: { length: number };
            sharedModel: { getSource(): string; setSource(text: string): void };
          };
        }[];
      };
      sessionContext: {
        isReady: boolean;
        restartKernel(): Promise<void>;
        session?: { kernel?: { connectionStatus: string; status: string } };
      };
    };
  };
}
declare global {
  var jupyterapp: Lab;
}

const TIMEOUT_MS = 120_000;

async function idle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      if (!globalThis.jupyterapp?.shell.currentWidget) return false;
      const { sessionContext, content } = jupyterapp.shell.currentWidget;
      const kernel = sessionContext?.session?.kernel;
      return (
        sessionContext?.isReady &&
        kernel?.connectionStatus === "connected" &&
        kernel.status === "idle" &&
        content.widgets.every(({ model }) => model.executionState !== "running")
      );
    },
    null,
    { timeout: TIMEOUT_MS, polling: 100 },
  );
}

/** The notebook in front, once its kernel is ready; cells are named by their ids. */
export async function notebookIn(page: Page) {
  await page.locator(".jp-NotebookPanel:visible").waitFor();
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
  await idle(page);
  const ids = await page.evaluate(() =>
    jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => model.id),
  );
  const indexes = new Map(ids.map((id, i) => [id, i]));
  const cell = (id: string) =>
    page.locator(`.jp-NotebookPanel:visible .jp-Notebook .jp-Cell >> nth=${indexes.get(id)!}`);
  const command = (name: string) =>
    inTime(
      page,
      name,
      page.evaluate(async (n) => void (await jupyterapp.commands.execute(n)), name),
    );
  const select = (id: string) =>
    page.evaluate((i) => {
      jupyterapp.shell.currentWidget.content.activeCellIndex = i;
    }, indexes.get(id)!);
  const runBy = async (id: string, name: string) => {
    await select(id);
    await command(name);
    await idle(page);
  };
  return {
    ...{ cell, command, select },
    run: (id: string) => runBy(id, "notebook:run-cell"),
    runAbove: (id: string) => runBy(id, "notebook:run-all-above"),
    /** Puts a text in the place of a cell's own, as if it was typed. */
    async write(id: string, text: string) {
      await select(id);
      await command("notebook:enter-edit-mode");
      await cell(id).locator(".cm-content").focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.insertText(text);
    },
    source: (id: string) =>
      page.evaluate(
        (i) => jupyterapp.shell.currentWidget.content.widgets[i]!.model.sharedModel.getSource(),
        indexes.get(id)!,
      ),
    /** The number of a cell's outputs, which the page knows before it has drawn them. */
    outputs: (id: string) =>
      page.evaluate((i) => {
        const { model } = jupyterapp.shell.currentWidget.content.widgets[i]!;
        return model.outputs?.length ?? 0;
      }, indexes.get(id)!),
    /** Waits until the text below a cell, drawn after the kernel's reply, has this in it. */
    expectBelow: (id: string, text: string | RegExp) =>
      expect
        .poll(async () => (await cell(id).locator(".jp-OutputArea").allInnerTexts()).join("\n"), {
          timeout: TIMEOUT_MS,
        })
        .toMatch(text),
    /** What went wrong in any cell that is drawn. */
    failures: () =>
      page
        .locator(
          '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"], ' +
            '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]',
        )
        .allInnerTexts(),
  };
}

export type DrivenNotebook = Awaited<ReturnType<typeof notebookIn>>;

/** What a check says of an exercise that passes: "3 of 3 points", "1 of 1 point". */
export const fullScore = ({ points }: { points: number }): string =>
  `${points} of ${points} ${points === 1 ? "point" : "points"}`;
