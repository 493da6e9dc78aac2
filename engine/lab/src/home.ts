/**
 * The home page, the side panel of lessons, and each notebook's links to its neighbors. The plugin
 * draws them from files in the student's folder, and nothing in a folder without course.json.
 */
import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { ICommandPalette, WidgetTracker } from "@jupyterlab/apputils";
import { PageConfig } from "@jupyterlab/coreutils";
import { INotebookTracker, NotebookActions } from "@jupyterlab/notebook";
import { IStateDB } from "@jupyterlab/statedb";
import { LabIcon } from "@jupyterlab/ui-components";
import { Debouncer } from "@lumino/polling";
import type { Widget } from "@lumino/widgets";
import { COMPONENT_MAP_STYLE } from "views/componentMap";
import { Lab, OPEN_HOME, HomeView } from "./home/lab";
import { lessonsPanel } from "./home/navigation";
import { serveNotebooks } from "./home/notebooks";
import { homePage } from "./home/page";
import { Store, type State } from "./home/store";
import { HOME_STYLE } from "./home/style";
import { addSheet } from "./page";

const REFRESH_MS = 200;
/** In a narrower window, a side panel would leave no space for a notebook. */
const NARROW = "(max-width: 700px)";

/** An icon that takes the theme's color. */
const icon = (name: string, path: string) =>
  new LabIcon({
    name: `course:${name}`,
    svgstr:
      '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
      `<path class="jp-icon3" fill="#616161" d="${path}"/></svg>`,
  });

const homeIcon = icon("home", "M12 3 2 12h3v8h6v-6h2v6h6v-8h3z");
const bookIcon = icon(
  "lessons",
  "M12 5C10 3.7 7 3.2 3 3.5V19c4-.3 7 .2 9 1.5 2-1.3 5-1.8 9-1.5V3.5c-4-.3-7 .2-9 1.5z" +
    "m-1 12.3c-1.6-.6-3.6-.9-6-.9V5.4c2.6 0 4.6.4 6 1.2zm8-.9c-2.4 0-4.4.3-6 .9" +
    "V6.6c1.4-.8 3.4-1.200 6-1.2z",
);

export const home: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:home",
  description: "The course's home page, its side panel of lessons, and the way between them",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ILabShell, ILayoutRestorer, ICommandPalette, IStateDB],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    shell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    state: IStateDB | null,
  ) => {
    addSheet("course-home-style", COMPONENT_MAP_STYLE + HOME_STYLE);
    const store = new Store(app.serviceManager.contents, sharedState() ?? state);
    const lab = new Lab(app, store, tracker);
    const found = store.find("");
    const named = namedFile();
    followProgress(lab);
    serveNotebooks(lab);
    addCommands(lab, shell, palette, restorer);
    if (!shell) return; // Notebook 7 shows one notebook per page, without panels
    const panel = new HomeView(lab, "course-lessons", lessonsPanel);
    panel.id = "course-lessons";
    panel.title.icon = bookIcon;
    panel.title.caption = "Lessons";
    panel.node.tabIndex = -1;
    shell.add(panel, "left", { rank: 50 });
    shell.currentChanged.connect(() => lab.changed.emit());
    restorer?.add(panel, panel.id);
    void app.restored.then(async () => {
      if (named !== undefined) await openAsNotebook(app, shell, tracker, named);
      if (await found) await welcome(lab, shell, panel, named !== undefined);
      else panel.dispose();
      foldPanels(shell, tracker);
    });
  },
};

/**
 * Hides the status bar in a narrow window and folds both side panels, and again whenever another
 * notebook opens there. A wide window, as after a zoom, gets back what the narrow one had to hide.
 */
function foldPanels(shell: ILabShell, tracker: INotebookTracker): void {
  const narrow = matchMedia(NARROW);
  let wasOpen = { left: false, right: false };
  const fold = () => {
    if (!narrow.matches) return;
    if (!shell.leftCollapsed) shell.collapseLeft();
    if (!shell.rightCollapsed) shell.collapseRight();
  };
  const follow = () => {
    if (narrow.matches) wasOpen = { left: !shell.leftCollapsed, right: !shell.rightCollapsed };
    else {
      if (wasOpen.left) shell.expandLeft();
      if (wasOpen.right) shell.expandRight();
    }
    fold();
    hideStatusBar(shell, narrow.matches);
  };
  follow();
  narrow.addEventListener("change", follow);
  tracker.currentChanged.connect(fold);
  // JupyterLab opens the file browser when it opens the address's file
  let isTouched = false;
  for (const name of ["pointerdown", "keydown"]) {
    document.addEventListener(name, () => (isTouched = true), { capture: true, once: true });
  }
  shell.layoutModified.connect(() => {
    if (!isTouched) fold();
  });
}

let isStatusBarOurs = false;

/** Hides the status bar and its place, or shows it again unless the user has hidden it. */
function hideStatusBar(shell: ILabShell, isHidden: boolean): void {
  const bar = [...shell.widgets("bottom")].find(({ id }) => id === "jp-main-statusbar");
  if (!bar || (isHidden ? bar.isHidden : !isStatusBarOurs)) return;
  isStatusBarOurs = isHidden;
  bar.setHidden(isHidden);
}

/**
 * What all workspaces of a website share: each lesson has one of its own there, and bookmarks are the
 * same in all. Undefined in a JupyterLab with a server, which has one workspace.
 */
function sharedState(): State | undefined {
  const site = PageConfig.getOption("workspacesStorageName"); // only JupyterLite has this option
  if (site === "") return undefined;
  const name = (id: string) => `${id}, ${site}`;
  return {
    // a browser that keeps nothing has no bookmarks
    fetch: (id) => attempt(() => JSON.parse(localStorage.getItem(name(id)) ?? "null") as never),
    save: (id, value) => attempt(() => localStorage.setItem(name(id), JSON.stringify(value))),
  };
}

const attempt = async <T>(act: () => T): Promise<T | undefined> => {
  try {
    return await Promise.resolve(act());
  } catch {
    return undefined;
  }
};

/**
 * The file that the page's address names; undefined if it names none. JupyterLite removes the name
 * after it opened the file.
 */
function namedFile(): string | undefined {
  const path = PageConfig.getOption("treePath") || new URLSearchParams(location.search).get("path");
  return path || undefined;
}

/**
 * Opens the notebook that the address names as a notebook, if the restored workspace shows it as text.
 * JupyterLab opened it so while this extension was missing, and would do so again each time.
 */
async function openAsNotebook(
  { commands }: JupyterFrontEnd,
  shell: ILabShell,
  tracker: INotebookTracker,
  path: string,
): Promise<void> {
  if (!path.endsWith(".ipynb")) return;
  const isText = (widget: Widget) => {
    const { context } = widget as Widget & { context?: { path: string } };
    return context?.path === path && !tracker.find((panel) => panel === widget);
  };
  const texts = [...shell.widgets("main")].filter(isText);
  if (texts.length === 0) return;
  for (const widget of texts) widget.close();
  await commands.execute("docmanager:open", { path, factory: "Notebook" });
}

/** Reads progress.json again after a cell ran, and when the student returns to this browser tab. */
function followProgress({ app, store }: Lab): void {
  const refresh = new Debouncer(() => store.refresh(), REFRESH_MS);
  const soon = () => void refresh.invoke();
  NotebookActions.executed.connect(soon);
  app.serviceManager.contents.fileChanged.connect(soon);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") soon();
  });
}

function addCommands(
  lab: Lab,
  shell: ILabShell | null,
  palette: ICommandPalette | null,
  restorer: ILayoutRestorer | null,
): void {
  const { commands } = lab.app;
  const pages = new WidgetTracker<HomeView>({ namespace: "course-home" });
  commands.addCommand(OPEN_HOME, {
    label: "Home",
    caption: "The map of the course, with your progress",
    execute: async ({ behind }) => {
      if (!shell) {
        window.open(PageConfig.getUrl({ treePath: lab.store.pathOf("README.md") }));
        return;
      }
      const page = pages.currentWidget ?? addPage(lab, shell);
      if (!pages.has(page)) await pages.add(page);
      if (behind !== true) shell.activateById(page.id);
    },
  });
  const [next, previous] = ["course:next-lesson", "course:previous-lesson"] as const;
  commands.addCommand(next, { label: "Next Lesson", execute: () => step(lab, 1) });
  commands.addCommand(previous, { label: "Previous Lesson", execute: () => step(lab, -1) });
  for (const command of [OPEN_HOME, next, previous]) {
    palette?.addItem({ command, category: "Course" });
  }
  const again = { command: OPEN_HOME, args: () => ({ behind: true }), name: () => "home" };
  if (shell) void restorer?.restore(pages, again);
}

function addPage(lab: Lab, shell: ILabShell): HomeView {
  const page = new HomeView(lab, "course-home", homePage);
  page.id = "course-home";
  page.title.label = "Home";
  page.title.icon = homeIcon;
  page.title.closable = true;
  page.node.tabIndex = 0; // makes the page scroll by keyboard
  shell.add(page, "main", { mode: "tab-before", activate: false });
  return page;
}

/** Opens the lesson before or after the one that was last in front. */
async function step(lab: Lab, by: number): Promise<void> {
  const last = lab.lastLesson();
  const lessons = lab.state()?.folder.course.lessons ?? [];
  const lesson = lessons[lessons.findIndex(({ id }) => id === last?.id) + by];
  if (last && lesson) await lab.open(lesson);
}

/**
 * Opens the home page for a new student, and the last lesson at its last cell for a returning one.
 * Does neither if the page's address names a file, which JupyterLab opens.
 */
async function welcome(
  lab: Lab,
  shell: ILabShell,
  panel: HomeView,
  isNamed: boolean,
): Promise<void> {
  const { folder: known } = lab.store;
  if (!known) return;
  const isNew = known.bookmarks.last === undefined;
  await lab.app.commands.execute(OPEN_HOME, { behind: true });
  if (isNew && !matchMedia(NARROW).matches) shell.activateById(panel.id);
  if (isNamed) return;
  // on a website a lesson's workspace has its name
  const workspace = new URLSearchParams(location.search).get("workspace");
  const opened = [workspace, known.bookmarks.last];
  const [lesson] = opened.flatMap((name) => known.course.lessons.filter(({ id }) => id === name));
  if (lesson && lab.store.isThere(lesson)) await lab.open(lesson);
  else shell.activateById("course-home");
}
