/** The hints below a check's report, which are those that are open on the exercise's card, too. */
import type { INotebookTracker } from "@jupyterlab/notebook";
import { MimeModel, type IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { Panel, type Widget } from "@lumino/widgets";
import { button } from "./buttons";
import { isHintOpen, isHintSeen, onHint, setHint } from "./hints";

/** What the button says when no hint is left. */
const NO_HINTS = "No more hints";

/** Shows the hints of an exercise that are open, in their order. */
export class HintList extends Panel {
  /** The hints that show, by their number from 1. */
  readonly #shown = new Map<number, Widget>();
  readonly #closed = new AbortController();

  /** @param hints in Markdown */
  constructor(
    private readonly registry: IRenderMimeRegistry,
    readonly name: string,
    readonly hints: string[],
  ) {
    super();
    this.follow(() => this.#update());
  }

  /** Calls back now, and whenever a hint opens or closes. */
  follow(call: () => void): void {
    onHint(this.name, call, this.#closed.signal);
    call();
  }

  /** The first hint that the reader hasn't seen; undefined if there is none. */
  next(): number | undefined {
    const index = this.hints.findIndex((_, i) => !isHintSeen(this.name, i + 1));
    return index < 0 ? undefined : index + 1;
  }

  /** Opens the next hint; resolves once it is drawn. */
  async open(hint: number): Promise<void> {
    setHint(this.name, hint, true);
    await this.#drawn;
  }

  override dispose(): void {
    this.#closed.abort();
    super.dispose();
  }

  #drawn: Promise<unknown> = Promise.resolve();

  #update(): void {
    const open = [...this.hints.keys()].map((i) => i + 1).filter((h) => isHintOpen(this.name, h));
    for (const [hint, shown] of this.#shown) {
      if (open.includes(hint)) continue;
      shown.dispose();
      this.#shown.delete(hint);
    }
    this.#drawn = Promise.all(
      open.map((hint, at) => (this.#shown.has(hint) ? undefined : this.#add(hint, at))),
    );
  }

  async #add(hint: number, at: number): Promise<void> {
    const shown = this.registry.createRenderer("text/markdown");
    shown.addClass("course-check-hint");
    shown.node.setAttribute("role", "status");
    this.#shown.set(hint, shown);
    this.insertWidget(at, shown);
    const text = `**Hint ${hint} of ${this.hints.length}.** ${this.hints[hint - 1]}`;
    const data = { "text/markdown": text };
    await shown.renderModel(new MimeModel({ data, trusted: false }));
  }
}

/**
 * The button that opens one more hint at a time. It stays when no hint is left: a second click must
 * not hit the button beside it.
 * @returns no button for an exercise without hints
 */
export function hintButton(tracker: INotebookTracker, list: HintList): HTMLButtonElement[] {
  const { hints } = list;
  if (hints.length === 0) return [];
  const made = button("", async () => {
    const hint = list.next();
    if (hint === undefined) return;
    const { top } = made.getBoundingClientRect();
    made.style.minWidth = `${made.offsetWidth}px`; // so that the next button stays in place, too
    await list.open(hint);
    const page = tracker.find(({ node }) => node.contains(made))?.content.outerNode;
    page?.scrollBy(0, made.getBoundingClientRect().top - top); // the button stays where it is
  });
  made.classList.add("course-next-hint");
  list.follow(() => {
    const hint = list.next();
    made.textContent = hint ? `Show hint ${hint} of ${hints.length}` : NO_HINTS;
    made.toggleAttribute("data-course-done", !hint);
  });
  return [made];
}
