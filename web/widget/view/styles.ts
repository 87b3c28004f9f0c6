/** Adds a style sheet to the frame. */
export function dress(css: string): void {
  document.head.appendChild(document.createElement('style')).textContent = css;
}
