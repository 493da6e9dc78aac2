/** The libraries that a deck loads before its own script, as far as the script uses them. */
import type { Plotly as PlotlyLibrary } from "views";

interface RevealLibrary {
  initialize(options: Record<string, unknown>): Promise<unknown>;
  on(event: string, listener: (event: RevealEvent) => void): void;
  addKeyBinding(keyCode: number, run: () => void): void;
  configure(options: { showNotes: boolean }): void;
  getConfig(): { showNotes?: boolean };
  getSlides(): HTMLElement[];
  getCurrentSlide(): HTMLElement;
  slide(index: number): void;
  next(): void;
  prev(): void;
}

declare global {
  interface RevealEvent {
    currentSlide: HTMLElement;
  }
  const Reveal: RevealLibrary;
  const Plotly: PlotlyLibrary;
  interface Window {
    /** For printing and for tests. */
    deck: {
      ready: Promise<unknown>;
      drawn(): Promise<void>;
      layOutForPrint(): Promise<void>;
    };
  }
}
