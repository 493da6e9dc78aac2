/**
 * Joins the store, JupyterLab's commands and the current notebook into the state that views draw.
 */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import { PageConfig, URLExt } from "@jupyterlab/coreutils";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import { Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import type { Lesson } from "./course";
import { replaceChildren } from "./parts";
import type { Actions, HomeState } from "./parts";
import type { Store } from "./store";

export const OPEN_HOME = "course:home";

export class Lab {
  /** Emitted when a view should draw again. */
  readonly changed = new Signal<this, void>(this);
  readonly actions: Actions = {
    openLesson: (lesson, cell) => void this.open(lesson, cell),
    openPage: (path) => void this.#openPage(path),
    openHome: () => void this.app.commands.execute(OPEN_HOME),
    addressOf: (name) => addressOf(this.store.pathOf(name)),
    isThere: (lesson) => this.store.isThere(lesson),
  };

  constructor(
    readonly app: JupyterFrontEnd,
    readonly store: Store,
    readonly tracker: INotebookTracker,
  ) {
    store.changed.connect(() => this.changed.emit());
    tracker.currentChanged.connect(() => this.changed.emit());
  }

  /** No lesson is current while another page, such as Home, is in front of its notebook. */
  state(): HomeState | undefined {
    const { folder: known } = this.store;
    const isInFront = this.tracker.currentWidget?.isVisible === true;
    const current = isInFront ? this.lastLesson()?.id : undefined;
    return known && { folder: known, actions: this.actions, current };
  }

  /** The lesson of the notebook that was last in front; undefined for other notebooks. */
  lastLesson(): Lesson | undefined {
    const { currentWidget } = this.tracker;
    return currentWidget ? this.lessonOf(currentWidget) : undefined;
  }

  /** The lesson that a notebook's metadata names; undefined for other notebooks. */
  lessonOf({ content }: NotebookPanel): Lesson | undefined {
    const mark: unknown = content.model?.getMetadata("course");
    const id = (mark as { lesson?: unknown } | null | undefined)?.lesson;
    return this.store.folder?.course.lessons.find((lesson) => lesson.id === id);
  }

  /** Opens a lesson at a cell, or where the student left it. */
  async open(lesson: Lesson, cell?: string): Promise<void> {
    const path = this.store.pathOf(`${lesson.id}.ipynb`);
    await this.app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    const panel = this.tracker.find(({ context }) => context.path === path);
    if (panel && cell !== undefined) await goTo(panel, cell);
  }

  async #openPage(page: string): Promise<void> {
    const [name, fragment] = page.split("#") as [string, string?];
    const path = this.store.pathOf(name);
    const opened: unknown = await this.app.commands.execute("docmanager:open", {
      path,
      factory: "Markdown Preview",
    });
    const { content } = (opened ?? {}) as { content?: { setFragment?(fragment: string): void } };
    if (fragment !== undefined) content?.setFragment?.(`#${fragment}`);
  }
}

/** The address that opens a file in JupyterLab; for slides, the address of the file itself. */
function addressOf(path: string): string {
  if (!path.endsWith(".html")) return PageConfig.getUrl({ treePath: path });
  return URLExt.join(PageConfig.getBaseUrl(), "files", URLExt.encodeParts(path));
}

/** Activates a cell and scrolls to it; does nothing if the notebook has no such cell. */
export async function goTo(panel: NotebookPanel, cell: string): Promise<void> {
  await panel.context.ready;
  await panel.revealed;
  const { content } = panel;
  const index = content.widgets.findIndex(({ model }) => model.id === cell);
  if (index < 0) return;
  content.deselectAll();
  content.activeCellIndex = index;
  void holdInView(panel, index);
}

/** A notebook that opens may take this long to lay out its cells; until then it can't scroll. */
const LAYOUT_TIMEOUT_MS = 60_000;
/** For this long after the target shows, cells above may still be drawn and push it down. */
const HOLD_MS = 5_000;
const SCROLL_RETRY_MS = 200;

/** Resolves once a notebook is on the screen: one in a background tab has no layout to scroll. */
function onScreen({ node, disposed }: NotebookPanel): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) end();
    });
    const end = () => {
      observer.disconnect();
      disposed.disconnect(end);
      resolve();
    };
    disposed.connect(end);
    observer.observe(node);
  });
}

/** Scrolls to a cell again while the notebook settles, until the reader takes over. */
async function holdInView(panel: NotebookPanel, index: number): Promise<void> {
  await onScreen(panel);
  const { content } = panel;
  let end = Date.now() + LAYOUT_TIMEOUT_MS;
  let hasShown = false;
  let taken = false;
  const take = () => (taken = true);
  for (const name of ["wheel", "pointerdown", "keydown"]) {
    panel.node.addEventListener(name, take, { capture: true, once: true, passive: true });
  }
  while (!taken && !panel.isDisposed && content.activeCellIndex === index && Date.now() < end) {
    const cell = content.activeCell?.node.getBoundingClientRect();
    const page = content.outerNode.getBoundingClientRect();
    const inView =
      cell && cell.height > 0 && cell.top >= page.top - 1 && cell.top < page.bottom / 2;
    if (inView && !hasShown) {
      hasShown = true;
      end = Date.now() + HOLD_MS;
    }
    if (!inView) void content.scrollToItem(index, "start").catch(() => undefined);
    await new Promise((done) => setTimeout(done, SCROLL_RETRY_MS));
  }
}

/** A widget that redraws whenever the state changes. */
export class HomeView extends Widget {
  readonly #lab: Lab;
  readonly #draw: (scene: HomeState) => Node[];
  #current: string | undefined;

  constructor(lab: Lab, name: string, draw: (scene: HomeState) => Node[]) {
    super();
    this.addClass(name);
    this.#lab = lab;
    this.#draw = draw;
    lab.changed.connect(this.update, this);
    this.update();
  }

  protected override onUpdateRequest(): void {
    const scene = this.#lab.state();
    replaceChildren(this.node, ...(scene ? this.#draw(scene) : []));
    if (scene?.current === this.#current) return;
    this.#current = scene?.current;
    this.node.querySelector(".course-current")?.scrollIntoView({ block: "nearest" });
  }

  protected override onAfterAttach(): void {
    this.update();
  }

  /** JupyterLab takes the widget with the focus for the current one. */
  protected override onActivateRequest(): void {
    if (!this.node.contains(document.activeElement)) this.node.focus();
  }

  override dispose(): void {
    this.#lab.changed.disconnect(this.update, this);
    super.dispose();
  }
}
