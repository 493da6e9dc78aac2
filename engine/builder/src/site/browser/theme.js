/** Sets the theme that the reader chose before anything shows; otherwise the system's counts. */
const KEY = "course-theme";

function chosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is off
  }
}

const root = document.documentElement;
root.classList.add("script");
const theme = chosen();
if (theme === "light" || theme === "dark") root.dataset.theme = theme;
