/** Elements of a page from plain data. Text is only ever text, so no title can bring in HTML. */
type Child = Node | string | undefined;

/**
 * An element with attributes and children; an attribute that is undefined is left out.
 * @param tag "a", or with a class, "a.course-link"
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K | `${K}.${string}`,
  attributes: Record<string, string | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const [name, ...classes] = tag.split(".") as [K, ...string[]];
  const element = document.createElement(name);
  if (classes.length > 0) element.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Read out, and not seen. */
export const spoken = (text: string): HTMLElement => h("span.course-spoken", {}, text);

/** Calls `open` for a plain click; a click with a key opens a tab of the browser, as on any page. */
export function onPlainClick(link: HTMLAnchorElement, open: () => void): HTMLAnchorElement {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open();
  });
  return link;
}

/** Puts new children in, and the focus back on the element with the same data-key. */
export function replaceChildren(node: HTMLElement, ...children: Node[]): void {
  const focused = document.activeElement;
  const key =
    focused instanceof HTMLElement && node.contains(focused) ? focused.dataset.key : undefined;
  node.replaceChildren(...children);
  if (key === undefined) return;
  node.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
