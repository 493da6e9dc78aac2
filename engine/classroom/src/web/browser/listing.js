/** Lists by keyboard: / goes to the search field, n and p turn pages. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const field = document.querySelector(".find input");
  const link = { n: "next", p: "prev" }[event.key];
  if (event.key === "/" && field) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (link) {
    document.querySelector(`.pages a[rel=${link}]`)?.click();
  }
});
