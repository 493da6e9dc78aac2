// @ts-check
/**
 * Marking by keyboard: a digit is the points, a letter applies a rubric item, Enter saves, n shows the
 * next answer.
 */
/** @type {HTMLInputElement | null} */
const points = document.querySelector("form.mark [name=points]");
/** @type {HTMLElement | null} */
const comment = document.querySelector("form.mark [name=comment]");
/** @type {HTMLAnchorElement | null} */
const next = document.querySelector("a.next");
/** @type {HTMLFormElement | null} */
const form = document.querySelector("form.mark");
const boxes = /** @type {HTMLInputElement[]} */ ([
  ...document.querySelectorAll("form.mark [name=item]"),
]);

/** The points are what the items give together, within the question's points. */
function addUp() {
  if (!points || !form) return;
  const applied = boxes.filter((box) => box.checked);
  const sum = applied.reduce((total, box) => total + Number(box.dataset.points), 0);
  const within = Math.min(Number(form.dataset.max), Math.max(0, sum));
  points.value = String(Math.round(within * 1000) / 1000);
}
for (const box of boxes) box.addEventListener("change", addUp);

points?.focus();
points?.select();
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target instanceof HTMLTextAreaElement) return;
  const box = boxes.find(({ dataset }) => dataset.key === event.key);
  if (box) {
    event.preventDefault();
    box.checked = !box.checked;
    addUp();
  } else if (event.key === "n") {
    event.preventDefault();
    next?.click();
  } else if (event.key === "c" && comment) {
    event.preventDefault();
    comment.focus();
  } else if (/^\d$/.test(event.key) && points && event.target !== points) {
    event.preventDefault();
    points.value = event.key;
    points.focus();
  }
});
