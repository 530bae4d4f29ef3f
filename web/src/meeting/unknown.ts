/** Who of those who speak has no name yet. */
import type { Meeting } from "../api/wire";

/**
 * Returns how many are still to be named: voices or, where they are not told apart, turns. One of
 * whom she has said that nobody can tell is not among them.
 */
export function unknownSpeakers({ voices, turns }: Meeting): number {
  if (!voices) return turns.filter(({ speaker }) => speaker === null).length;
  return voices.list.filter(({ speaker, settled }) => speaker === null && !settled).length;
}
