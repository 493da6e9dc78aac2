// @ts-check
/** Lists by keyboard: / goes to the search field, n and p turn pages. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { target } = event;
  if (target instanceof Element && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector(".find input");
  const link = new Map([
    ["n", "next"],
    ["p", "prev"],
  ]).get(event.key);
  if (event.key === "/" && field) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (link) {
    /** @type {HTMLAnchorElement | null} */
    const page = document.querySelector(`.pages a[rel=${link}]`);
    page?.click();
  }
});
