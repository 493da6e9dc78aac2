/** Marking by keyboard: a digit is the points, Enter saves, n shows the next answer. */
const form = document.querySelector("form.mark");
const points = form?.elements.namedItem("points");
points?.focus();
points?.select();
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target instanceof HTMLTextAreaElement) return;
  if (event.key === "n") {
    event.preventDefault();
    document.querySelector("a.next")?.click();
  } else if (event.key === "c" && form) {
    event.preventDefault();
    form.elements.namedItem("comment").focus();
  } else if (/^\d$/.test(event.key) && points && event.target !== points) {
    event.preventDefault();
    points.value = event.key;
    points.focus();
  }
});
