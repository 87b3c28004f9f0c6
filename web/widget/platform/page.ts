export interface PageHandlers {
  /** The page is, or is not, in front of the visitor. */
  show(visible: boolean): void;
  /** The network is said to be back. */
  online(): void;
}

/** Listens to what happens to the page as a whole. */
export function watchPage(on: PageHandlers): void {
  document.addEventListener('visibilitychange', () => on.show(!document.hidden));
  window.addEventListener('online', on.online);
}
