/** The wait before attempt n (from 0): doubles from one second to half a minute, the upper half of it left to chance. */
export function backoff(attempt: number, random: () => number): number {
  const most = Math.min(30_000, 1000 * 2 ** Math.min(attempt, 5));
  return most / 2 + (random() * most) / 2;
}
