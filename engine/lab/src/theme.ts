/**
 * A theme that a reader chooses is the theme at once. Where JupyterLab follows the system's theme, its
 * command only ends that, and a reader would have to choose again.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IThemeManager } from "@jupyterlab/apputils";

const CHANGE_THEME = "apputils:change-theme";
/** JupyterLab's splash stays this long after a change, and takes itself away twice for the next. */
const SPLASH_MS = 400;

export const theme: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:theme",
  description: "Applies a chosen theme at the first click",
  autoStart: true,
  requires: [IThemeManager],
  activate: ({ commands }, themes: IThemeManager) => {
    let chosen: string | undefined;
    commands.commandExecuted.connect((_, { id, args, result }) => {
      const { theme } = args as { theme?: unknown };
      if (id !== CHANGE_THEME || typeof theme !== "string") return;
      chosen = theme;
      void result.then(async () => {
        await new Promise((done) => setTimeout(done, SPLASH_MS));
        if (chosen === theme && themes.theme !== theme) await themes.setTheme(theme);
      });
    });
  },
};
