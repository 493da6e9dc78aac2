/** Sets the theme that the reader chose, before anything shows; without a choice, the system's. */
/** The same as in themeSwitch.ts, which this script doesn't load so that it stays tiny. */
const THEME_KEY = "course-theme";

function chosenTheme(): string | null {
  try {
    return localStorage.getItem(THEME_KEY);
  } catch {
    return null; // storage is off
  }
}

const root = document.documentElement;
root.classList.add("script");
const theme = chosenTheme();
if (theme === "light" || theme === "dark") root.dataset.theme = theme;

export {};
