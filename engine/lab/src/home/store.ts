/** Reads the student's folder through Jupyter, and keeps bookmarks in JupyterLab's state. */
import type { Contents } from "@jupyterlab/services";
import type { IStateDB } from "@jupyterlab/statedb";
import type { ReadonlyPartialJSONValue } from "@lumino/coreutils";
import { Signal } from "@lumino/signaling";
import {
  NO_PROGRESS,
  readCourse,
  readProgress,
  type Course,
  type Lesson,
  type Progress,
} from "./course";
import type { Bookmarks } from "./progress";

const BOOKMARKS_KEY = "course:places";
const COURSE = "course.json";
const PROGRESS = "progress.json";
const BROKEN_PROGRESS =
  "progress.json can't be read, so nothing counts as done here. " +
  "The next check keeps it under another name and starts counting again.";

const join = (folder: string, name: string) => (folder === "" ? name : `${folder}/${name}`);

/** The contents of the student's folder. */
export interface CourseFolder {
  /** Its path from Jupyter's root folder; "" for the root itself. */
  path: string;
  course: Course;
  progress: Progress;
  bookmarks: Bookmarks;
  /** A sentence for the student if progress.json is damaged. */
  problem: string | undefined;
  /** Names of the files in the folder, and of the slides in its folder slides. */
  files: string[];
  slides: string[];
}

/** Where bookmarks are kept. */
export type State = Pick<IStateDB, "fetch" | "save">;

export class Store {
  /** Emitted when the folder's contents differ from those shown. */
  readonly changed = new Signal<this, void>(this);
  folder: CourseFolder | undefined;
  #shown = "";
  #places: Bookmarks = { cells: {} };
  /** One bookmark is saved after another. */
  #saving = Promise.resolve();

  constructor(
    private readonly contents: Contents.IManager,
    private readonly state: State | null,
  ) {}

  /** Loads the course of a folder, unless one is loaded. @returns whether one is loaded now */
  async find(folder: string): Promise<boolean> {
    if (this.folder) return true;
    const files = await this.#names(folder);
    if (!files?.includes(COURSE)) return false;
    const course = readCourse((await this.#text(join(folder, COURSE))) ?? "");
    if (!course) return false;
    this.#places = readBookmarks(await this.state?.fetch(BOOKMARKS_KEY));
    const rest = { progress: NO_PROGRESS, problem: undefined, files, slides: [] };
    this.folder = { path: folder, course, bookmarks: this.#places, ...rest };
    await this.refresh();
    return true;
  }

  /**
   * Reads the files that may have changed. Keeps the old contents if the server doesn't respond.
   */
  async refresh(): Promise<void> {
    if (!this.folder) return;
    const { path: folder, course } = this.folder;
    const files = await this.#names(folder);
    if (!files) return;
    const slides = files.includes("slides") ? await this.#names(join(folder, "slides")) : [];
    const record = files.includes(PROGRESS) ? await this.#text(join(folder, PROGRESS)) : undefined;
    const progress = files.includes(PROGRESS) ? readProgress(record ?? "") : NO_PROGRESS;
    this.folder = {
      path: folder,
      course,
      bookmarks: this.#places,
      progress: progress ?? NO_PROGRESS,
      problem: progress ? undefined : BROKEN_PROGRESS,
      files,
      slides: slides ?? [],
    };
    this.#emit();
  }

  /** Saves the lesson as the last one, and its cell, so that it opens at that cell again. */
  saveBookmark(lesson: string, cell?: string): Promise<void> {
    const save = () => this.#save(lesson, cell);
    this.#saving = this.#saving.then(save, save);
    return this.#saving;
  }

  async #save(lesson: string, cell?: string): Promise<void> {
    // another tab may have saved since
    const kept = this.state ? readBookmarks(await this.state.fetch(BOOKMARKS_KEY)) : this.#places;
    const place = cell ?? kept.cells[lesson];
    if (!this.folder || (kept.last === lesson && kept.cells[lesson] === place)) return;
    const cells = place === undefined ? kept.cells : { ...kept.cells, [lesson]: place };
    this.#places = { last: lesson, cells };
    this.folder = { ...this.folder, bookmarks: this.#places };
    this.#emit();
    await this.state?.save(BOOKMARKS_KEY, this.#places as unknown as ReadonlyPartialJSONValue);
  }

  pathOf(name: string): string {
    return join(this.folder?.path ?? "", name);
  }

  isThere({ id }: Lesson): boolean {
    return this.folder?.files.includes(`${id}.ipynb`) ?? false;
  }

  #emit(): void {
    const shown = JSON.stringify(this.folder);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.changed.emit();
  }

  /** The names in a folder; undefined when it can't be listed. */
  async #names(folder: string): Promise<string[] | undefined> {
    try {
      const { content } = await this.contents.get(folder, { content: true });
      return Array.isArray(content) ? content.map(({ name }: Contents.IModel) => name) : undefined;
    } catch {
      return undefined;
    }
  }

  /** A file's text; undefined when it can't be read. */
  async #text(path: string): Promise<string | undefined> {
    try {
      const options = { type: "file", format: "text", content: true } as const;
      const { content } = await this.contents.get(path, options);
      return typeof content === "string" ? content : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Reads bookmarks from the workspace, which a user can edit too. */
function readBookmarks(value: unknown): Bookmarks {
  const { last, cells } = (value ?? {}) as { last?: unknown; cells?: unknown };
  const entries = typeof cells === "object" && cells !== null ? Object.entries(cells) : [];
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return {
    last: typeof last === "string" ? last : undefined,
    cells: Object.fromEntries(texts),
  };
}
