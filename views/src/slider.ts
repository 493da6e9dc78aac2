/** A slider with a play button: one control of the page, reached by keyboard and read aloud. */

export interface Slider {
  element: HTMLElement;
  /** Ends a running play. */
  stop(): void;
}

const STEP_MS = 450;

/**
 * @param label what the slider sets
 * @param values what it stands for at each position
 * @param moved called with the new position, from 0
 */
export function slider(
  label: string,
  values: string[],
  start: number,
  moved: (position: number) => void,
): Slider {
  const element = document.createElement("div");
  element.className = "course-slider";
  const play = document.createElement("button");
  play.type = "button";
  const name = document.createElement("label");
  const text = document.createElement("span");
  text.textContent = label;
  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: "0", max: String(values.length - 1), step: "1" });
  const value = document.createElement("output");
  name.append(text, range, value);
  element.append(play, name);

  let timer: ReturnType<typeof setInterval> | undefined;
  const show = (position: number) => {
    range.value = String(position);
    range.setAttribute("aria-valuetext", values[position]!);
    value.textContent = values[position]!;
  };
  const playing = (on: boolean) => {
    play.textContent = on ? "⏸" : "▶";
    play.setAttribute("aria-label", on ? `Pause ${label}` : `Play ${label}`);
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    playing(false);
  };
  const step = () => {
    const next = Number(range.value) + 1;
    if (next >= values.length) return stop();
    show(next);
    moved(next);
  };
  range.addEventListener("input", () => {
    stop();
    show(Number(range.value));
    moved(Number(range.value));
  });
  play.addEventListener("click", () => {
    if (timer !== undefined) return stop();
    const again = Number(range.value) >= values.length - 1;
    if (again) {
      show(0);
      moved(0);
    }
    timer = setInterval(step, STEP_MS);
    playing(true);
  });
  show(start);
  playing(false);
  return { element, stop };
}
