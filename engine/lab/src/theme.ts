/**
 * Lets a reader choose a theme while JupyterLab follows the system's light and dark, as it does
 * here. JupyterLab's own command then only stops following; the theme that was asked for comes next.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IThemeManager } from "@jupyterlab/apputils";

export const theme: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:theme",
  description: "Lets a reader choose a theme while JupyterLab follows the system",
  autoStart: true,
  requires: [IThemeManager],
  activate: ({ commands }: JupyterFrontEnd, manager: IThemeManager): void => {
    commands.commandExecuted.connect((_, { id, args, result }) => {
      const { theme: asked } = args as { theme?: unknown };
      if (id !== "apputils:change-theme" || typeof asked !== "string") return;
      result.then(
        () => (manager.theme === asked ? undefined : manager.setTheme(asked)),
        () => undefined, // JupyterLab has said why
      );
    });
  },
};
