/** Settings → Lessons: switches of notebooks, on unless a reader turns them off. */
import type { ISettingRegistry } from "@jupyterlab/settingregistry";

/** The plugin whose schema has them. */
export const SETTINGS = "foundation-models-lab:cells";

/** Calls back with a switch's value, and again whenever it changes. */
export function followSwitch(
  settings: ISettingRegistry | null,
  name: string,
  set: (on: boolean) => void,
): void {
  const follow = (all: ISettingRegistry.ISettings) => set(all.get(name).composite !== false);
  settings?.load(SETTINGS).then(
    (all) => {
      follow(all);
      all.changed.connect(follow);
    },
    (reason: unknown) => console.warn("The course's settings could not be read.", reason),
  );
}
