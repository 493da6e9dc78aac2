/** An output that is a figure of the course: it follows the theme, and its keys stay its own. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { addStyle, onTheme } from "./page";

/** What is drawn in an output. */
export interface RenderedFigure {
  redraw(): void;
  remove(): void;
}

/**
 * Draws an output's data into its element. An output that is updated keeps its element where it
 * can, so that nothing jumps.
 * @param shown what stands there
 * @returns what stands there now
 */
export type DrawInto<S extends RenderedFigure> = (
  node: HTMLElement,
  model: IRenderMime.IMimeModel,
  shown: S | undefined,
) => S | undefined;

class FigureWidget<S extends RenderedFigure> extends Widget implements IRenderMime.IRenderer {
  #shown: S | undefined;
  readonly #stopTheme = onTheme(() => this.#shown?.redraw());

  constructor(private readonly drawInto: DrawInto<S>) {
    super();
    this.addClass("course-figure");
    this.node.addEventListener("focusin", ({ target }) => {
      // or its keys would move in the notebook
      (target as HTMLElement).dataset.lmSuppressShortcuts = "true";
    });
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#shown = this.drawInto(this.node, model, this.#shown);
    return Promise.resolve();
  }

  override dispose(): void {
    this.#stopTheme();
    this.#shown?.remove();
    super.dispose();
  }
}

/** A factory of outputs of one MIME type. */
export const figureFactory = <S extends RenderedFigure>(
  mime: string,
  drawInto: DrawInto<S>,
): IRenderMime.IRendererFactory => ({
  safe: true,
  mimeTypes: [mime],
  createRenderer: () => {
    addStyle();
    return new FigureWidget(drawInto);
  },
});
