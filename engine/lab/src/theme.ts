/**
 * A theme that a reader chooses is the theme at once. Where JupyterLab follows the system's theme, its
 * command only ends that, and a reader would have to choose again.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IThemeManager, type ThemeManager } from "@jupyterlab/apputils";

const CHANGE_THEME = "apputils:change-theme";
/** How often it is looked whether JupyterLab is done, and how often at most. */
const WAIT_MS = 400;
const MAX_WAITS = 25;

/** Waits until JupyterLab has ended to follow the system: its splash breaks if themes overlap. */
async function untilEnded(themes: ThemeManager): Promise<void> {
  for (let i = 0; i < MAX_WAITS; i++) {
    await new Promise((done) => setTimeout(done, WAIT_MS));
    const hasSplash = document.getElementById("jupyterlab-splash") !== null;
    if (!hasSplash && !themes.isToggledAdaptiveTheme()) return;
  }
}

export const theme: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:theme",
  description: "Applies a chosen theme at the first click",
  autoStart: true,
  requires: [IThemeManager],
  activate: ({ commands }, manager: IThemeManager) => {
    const themes = manager as ThemeManager;
    let chosen: string | undefined;
    commands.commandExecuted.connect((_, { id, args, result }) => {
      const { theme } = args as { theme?: unknown };
      if (id !== CHANGE_THEME || typeof theme !== "string") return;
      chosen = theme;
      // the setting itself changes later than the command returns
      if (theme === themes.theme || !themes.isToggledAdaptiveTheme()) return;
      void result.then(async () => {
        await untilEnded(themes);
        if (chosen === theme && themes.theme !== theme) await themes.setTheme(theme);
      });
    });
  },
};
