/** Where the items of the agenda begin in the recording. */
import type { AgendaItem, Section } from "../api/wire";

export interface Boundary {
  at_ms: number;
  end_ms: number;
  /** The item's number; null before the first. */
  item: string | null;
  title: string;
  confidence: number;
  reason: string;
  quote: string;
}

/** Returns all boundaries in order of time; an item that was taken up twice has two. */
export function boundaries(sections: Section[], agenda: AgendaItem[]): Boundary[] {
  const titles = new Map(agenda.map((item) => [item.number, item.title]));
  return sections
    .flatMap(({ item, spans }) =>
      spans.map(({ start_ms, end_ms, reason, confidence }) => ({
        at_ms: start_ms,
        end_ms,
        item,
        title: (item === null ? undefined : titles.get(item)) ?? "",
        confidence,
        reason: reason.kind,
        quote: reason.quote,
      })),
    )
    .sort((a, b) => a.at_ms - b.at_ms);
}

/** Returns the index of the boundary whose item is dealt with at `ms`, -1 before the first. */
export function boundaryAt(all: Boundary[], ms: number): number {
  return all.findLastIndex((one) => one.at_ms <= ms);
}

/** Returns how far a boundary can be moved without passing its neighbours. */
export function room(all: Boundary[], index: number, duration: number): [number, number] {
  return [(all[index - 1]?.at_ms ?? -1) + 1, (all[index + 1]?.at_ms ?? duration) - 1];
}
