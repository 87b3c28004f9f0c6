let player: HTMLAudioElement | null = null;

/** Plays the sound at the address. Where the browser does not allow it yet, nothing is heard. */
export function ring(address: string): void {
  player ??= new Audio(address);
  player.currentTime = 0;
  player.play().catch(() => undefined);
}
