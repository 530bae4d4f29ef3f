/** What the referent does to voices, as the lines that are written down. */
import type { ReviewLine, Span, Voice } from "../api/wire";

/** Says whose a voice is; the stretch is where that was heard. */
export function nameVoice(voice: string, heard: Span, name: string | null): ReviewLine {
  const { start_ms, end_ms } = heard;
  return { kind: "speaker", start_ms, end_ms, voice, name };
}

/** Says that another voice speaks in a stretch. */
export function giveTurn({ start_ms, end_ms }: Span, voice: string): ReviewLine {
  return { kind: "voice", start_ms, end_ms, voice };
}

/** Says that what a voice says from somewhere on is another's. */
export function splitVoice(voice: string, at_ms: number, into: string): ReviewLine {
  return { kind: "split", voice, at_ms, into };
}

/** Says that two voices are one person's. */
export function mergeVoices(voice: string, into: string): ReviewLine {
  return { kind: "merge", voice, into };
}

/** Returns the lines that take these back, the last first. */
export function takenBack(lines: ReviewLine[]): ReviewLine[] {
  return [...lines].reverse().map((line) => ({ ...line, taken_back: true }) as ReviewLine);
}

/** Returns the lines that name every voice as is suggested, but for what she has settled. */
export function allSuggested(voices: Voice[]): ReviewLine[] {
  return voices
    .filter(({ settled, suggested }) => !settled && suggested !== null)
    .map((one) => nameVoice(one.voice, heardAt(one), one.suggested));
}

/** Returns the voice after `from` that she has not settled yet, from the beginning at the end. */
export function nextOpen(
  voices: Voice[],
  from: string | null,
  settled: (voice: Voice) => boolean,
): Voice | undefined {
  const at = voices.findIndex(({ voice }) => voice === from);
  return [...voices.slice(at + 1), ...voices.slice(0, at + 1)].find((one) => !settled(one));
}

/** Returns where a voice is heard best. */
export function heardAt(voice: Voice): Span {
  return voice.samples[0] ?? { start_ms: 0, end_ms: 0 };
}
