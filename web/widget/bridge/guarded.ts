/** Runs what the page gave; its mistakes go to the console, never further. */
export function guarded(run: () => void): void {
  try {
    run();
  } catch (error) {
    console.error('[livechat]', error);
  }
}
