/** Light and dark: as the system has it, until the reader says otherwise. */
const KEY = "course-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const { dataset } = document.documentElement;

let isOnPaper = false;

export const isDark = () =>
  !isOnPaper && (dataset.theme === "dark" || (dataset.theme !== "light" && system.matches));

/** Paper is light in any theme. @param changed called before printing and after it */
export function lightOnPaper(changed) {
  const set = (is) => () => {
    if (isOnPaper === is) return;
    const wasDark = isDark();
    isOnPaper = is;
    if (isDark() !== wasDark) changed();
  };
  addEventListener("beforeprint", set(true));
  addEventListener("afterprint", set(false));
}

function keep(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // storage is off: the choice lasts as long as the page
  }
}

/** @param changed called after each change */
export function themeSwitch(button, changed) {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  const update = () => {
    show();
    changed();
  };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    dataset.theme = isDark() ? "light" : "dark";
    keep(dataset.theme);
    update();
  });
  system.addEventListener("change", update);
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== KEY || !newValue) return;
    dataset.theme = newValue;
    update();
  });
}
