/** Who speaks where: samples to listen to, and the lines that name a speaker. */
import type { Header, ReviewLine, Span, Turn } from "../api/types";

/** Returns everybody who may have spoken, those present first. */
export function people(header: Header): string[] {
  const all = [...header.present, ...header.remote, ...header.absent].map(({ name }) => name);
  return [...new Set(all)];
}

/** Returns the turns of the same voice or, without voices, under the same name. */
export function sameSpeaker(turns: Turn[], turn: Turn): Turn[] {
  if (turn.voice !== null) return turns.filter((one) => one.voice === turn.voice);
  if (turn.speaker === null) return [turn];
  return turns.filter((one) => one.speaker === turn.speaker);
}

/** The longest stretch that is played as a sample. */
const SAMPLE_MS = 8000;

/** Returns three stretches to know a speaker by: long ones, from different parts. */
export function samples(turns: Turn[], turn: Turn): Span[] {
  const all = sameSpeaker(turns, turn);
  const longest = [...all].sort((a, b) => length(b) - length(a)).slice(0, 3);
  return longest
    .sort((a, b) => a.start_ms - b.start_ms)
    .map(({ start_ms, end_ms }) => ({ start_ms, end_ms: Math.min(end_ms, start_ms + SAMPLE_MS) }));
}

/** Returns what is to be written down to name a speaker in one turn or everywhere. */
export function naming(
  turns: Turn[],
  turn: Turn,
  name: string | null,
  everywhere: boolean,
): ReviewLine[] {
  const line = ({ start_ms, end_ms }: Span): ReviewLine => ({
    kind: "speaker",
    start_ms,
    end_ms,
    name,
  });
  if (!everywhere) return [line(turn)];
  if (turn.voice !== null)
    return [{ ...line(turn), kind: "speaker", voice: turn.voice } as ReviewLine];
  return sameSpeaker(turns, turn).map(line);
}

/** Returns what takes a naming back: each turn under the name it had. */
export function unnaming(turns: Turn[], turn: Turn, everywhere: boolean): ReviewLine[] {
  const meant = everywhere ? sameSpeaker(turns, turn) : [turn];
  return meant.map(({ start_ms, end_ms, speaker }) => ({
    kind: "speaker",
    start_ms,
    end_ms,
    name: speaker,
  }));
}

function length({ start_ms, end_ms }: Span): number {
  return end_ms - start_ms;
}
