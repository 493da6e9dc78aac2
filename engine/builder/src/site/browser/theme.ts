/**
 * What must be right before anything shows: the theme that the reader chose, without a choice the
 * system's, and whether the table of contents is open, which it is beside the text alone.
 */
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

// sees the contents as soon as they are parsed, so that the text below them never moves
const watcher = new MutationObserver(() => {
  const contents = document.querySelector<HTMLDetailsElement>(".contents details");
  if (!contents && document.readyState === "loading") return;
  watcher.disconnect();
  if (contents) contents.open = matchMedia("(min-width: 1100px)").matches;
});
watcher.observe(root, { childList: true, subtree: true });

export {};
