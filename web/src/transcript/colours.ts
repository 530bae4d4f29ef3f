/** Which colour a speaker has: by the order in which they first speak. */
import type { Turn } from "../api/wire";

/** How many colours the style sheet has (`--voice-0` and on). */
export const COLOURS = 8;

/** Who a turn is counted as: the name, else the voice, else nobody. */
export function speakerKey(turn: Turn | undefined): string | null {
  return turn?.speaker ?? turn?.voice ?? null;
}

/** Returns the class of each speaker's colour. */
export function colours(turns: Turn[]): Map<string, string> {
  const out = new Map<string, string>();
  for (const turn of turns) {
    const key = speakerKey(turn);
    if (key !== null && !out.has(key)) out.set(key, `voice-${out.size % COLOURS}`);
  }
  return out;
}
