/** The transcript in memory: columns, and what can be asked of them. */
import type { Span, TranscriptColumns, Turn } from "../api/wire";

/** A word below this confidence (per cent) is more likely wrong than right. */
const DOUBTFUL = 70;

export interface Word {
  index: number;
  text: string;
  start_ms: number;
  doubtful: boolean;
  /** What was heard before a name was put right. */
  heard: string | null;
}

export class Transcript {
  /** The rows of each segment: more than one where the voice changes in it. */
  private readonly places = new Map<number, number[]>();

  constructor(readonly columns: TranscriptColumns) {
    columns.id.forEach((id, row) => {
      const rows = this.places.get(id);
      if (rows) rows.push(row);
      else this.places.set(id, [row]);
    });
  }

  get count(): number {
    return this.columns.count;
  }

  /** Returns the rows of a segment, none for a segment of another transcript. */
  rows(segment: number): number[] {
    return this.places.get(segment) ?? [];
  }

  /** Returns the first row of a segment, undefined for a segment of another transcript. */
  row(segment: number): number | undefined {
    return this.rows(segment)[0];
  }

  start(row: number): number {
    return this.columns.start_ms[row] ?? 0;
  }

  end(row: number): number {
    return this.columns.end_ms[row] ?? 0;
  }

  /** Returns the words of a row; the whole text as one where no words have times. */
  words(row: number): Word[] {
    const { words, first_word } = this.columns;
    const from = first_word[row] ?? 0;
    const to = first_word[row + 1] ?? (row + 1 >= this.count ? words.text.length : from);
    if (to <= from) {
      const text = this.columns.text[row] ?? "";
      return [{ index: -1 - row, text, start_ms: this.start(row), doubtful: false, heard: null }];
    }
    return Array.from({ length: to - from }, (_, offset) => {
      const index = from + offset;
      return {
        index,
        text: words.text[index] ?? "",
        start_ms: words.start_ms[index] ?? 0,
        doubtful: (words.confidence[index] ?? 100) < DOUBTFUL,
        heard: words.heard[String(index)] ?? null,
      };
    });
  }

  /** Returns the row being said at `ms`: the last that has begun, -1 before the first. */
  rowAt(ms: number): number {
    return lastNotAfter(this.columns.start_ms, this.count, ms);
  }

  /** Returns the word being said at `ms`, -1 before the first or where words have no times. */
  wordAt(ms: number): number {
    const { start_ms } = this.columns.words;
    return lastNotAfter(start_ms, start_ms.length, ms);
  }

  /** Returns the stretch that some segments cover; null when none is known. */
  span(segments: number[]): Span | null {
    const rows = segments.flatMap((id) => this.rows(id));
    if (rows.length === 0) return null;
    return {
      start_ms: Math.min(...rows.map((row) => this.start(row))),
      end_ms: Math.max(...rows.map((row) => this.end(row))),
    };
  }
}

/** Returns the last index below `count` whose value is not after `ms`; the values ascend. */
export function lastNotAfter(values: number[], count: number, ms: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Returns for every row the turn it belongs to. */
export function turnsByRow(transcript: Transcript, turns: Turn[]): (Turn | undefined)[] {
  const out = new Array<Turn | undefined>(transcript.count);
  for (const turn of turns) {
    for (const segment of turn.segments) {
      const rows = transcript.rows(segment);
      for (const row of rows) {
        const start = transcript.start(row);
        // The parts of a segment in which the voice changes belong to several turns.
        if (rows.length === 1 || (turn.start_ms <= start && start < turn.end_ms)) out[row] = turn;
      }
    }
  }
  return out;
}
