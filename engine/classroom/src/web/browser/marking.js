// @ts-check
/** Marking by keyboard: a digit is the points, Enter saves, n shows the next answer. */
/** @type {HTMLInputElement | null} */
const points = document.querySelector("form.mark [name=points]");
/** @type {HTMLElement | null} */
const comment = document.querySelector("form.mark [name=comment]");
/** @type {HTMLAnchorElement | null} */
const next = document.querySelector("a.next");
points?.focus();
points?.select();
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target instanceof HTMLTextAreaElement) return;
  if (event.key === "n") {
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
