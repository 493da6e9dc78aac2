/** Light and dark: the system's theme until the reader chooses one. */

/** The same as in theme.ts. */
const THEME_KEY = "course-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const { dataset } = document.documentElement;

let isPrinting = false;

export const isDark = (): boolean =>
  !isPrinting && (dataset.theme === "dark" || (dataset.theme !== "light" && system.matches));

/** Prints in the light theme. @param changed called before and after printing if that is a change */
export function lightOnPaper(changed: () => void): void {
  const setPrinting = (value: boolean) => () => {
    if (isPrinting === value) return;
    const wasDark = isDark();
    isPrinting = value;
    if (isDark() !== wasDark) changed();
  };
  addEventListener("beforeprint", setPrinting(true));
  addEventListener("afterprint", setPrinting(false));
}

function save(theme: string): void {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // storage is off: the choice lasts as long as the page
  }
}

/** Takes the theme that was saved, where nothing did so before the page showed. */
export function restoreTheme(): void {
  try {
    const theme = localStorage.getItem(THEME_KEY);
    if (theme === "light" || theme === "dark") dataset.theme = theme;
  } catch {
    // storage is off: the system's theme
  }
}

export function toggleTheme(): void {
  const theme = isDark() ? "light" : "dark";
  dataset.theme = theme;
  save(theme);
}

/** @param changed called when the system's theme changes or another tab chooses one */
export function followTheme(changed: () => void): void {
  system.addEventListener("change", changed);
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== THEME_KEY || !newValue) return;
    dataset.theme = newValue;
    changed();
  });
}

/** @param changed called after each change */
export function themeSwitch(button: HTMLElement, changed: () => void): void {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  const update = () => {
    show();
    changed();
  };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    toggleTheme();
    update();
  });
  followTheme(update);
}
