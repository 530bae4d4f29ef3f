/** Who speaks where: samples to listen to, and the lines that name a speaker. */
import type { Header, ReviewLine, Span, Turn, Voices } from "../api/wire";
import type { Transcript } from "../transcript/transcript";
import { giveTurn, nameVoice, splitVoice } from "./voices";

/** Where a name holds: in one turn, wherever the voice is heard, or from one turn on. */
export type Reach = "here" | "everywhere" | "from-here";

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

/**
 * Returns what is to be written down to name a speaker. Where voices are told apart, another name
 * for a part of what one voice says means that another voice speaks there.
 */
export function naming(
  turns: Turn[],
  voices: Voices | null,
  turn: Turn,
  name: string | null,
  reach: Reach,
): ReviewLine[] {
  if (voices === null || turn.voice === null) {
    const meant = reach === "here" ? [turn] : sameSpeaker(turns, turn);
    return meant.map((one) => inTurn(one, name));
  }
  if (reach === "everywhere") return [nameVoice(turn.voice, turn, name)];
  if (name === null && reach === "here") return [inTurn(turn, null)];
  const own = voices.list.find(
    ({ speaker, voice }) => name !== null && speaker === name && voice !== turn.voice,
  );
  const target = own?.voice ?? voices.free;
  const given =
    reach === "here" ? giveTurn(turn, target) : splitVoice(turn.voice, turn.start_ms, target);
  return own ? [given] : [given, nameVoice(target, turn, name)];
}

/** Returns the turn that is heard at `ms` from the word on that is being said. */
export function restOfTurn(
  transcript: Transcript | null,
  turns: Turn[],
  ms: number,
): Turn | undefined {
  const word = transcript?.wordAt(ms) ?? -1;
  const start_ms = transcript?.columns.words.start_ms[word] ?? ms;
  const turn = turns.find((one) => one.start_ms <= start_ms && start_ms < one.end_ms);
  return turn && { ...turn, start_ms };
}

function inTurn({ start_ms, end_ms }: Span, name: string | null): ReviewLine {
  return { kind: "speaker", start_ms, end_ms, name };
}

function length({ start_ms, end_ms }: Span): number {
  return end_ms - start_ms;
}
