/**
 * The transcript as a list that draws only what is seen, so that ten thousand segments scroll
 * as well as ten. It follows the sound until the reader scrolls by hand.
 */
import { effect, useSignal, useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Span, Turn } from "../api/wire";
import type { Player } from "../player/player";
import { clock } from "../time";
import { t } from "../words";
import { colours, speakerKey } from "./colours";
import { Heights } from "./heights";
import { Row } from "./row";
import { turnsByRow, type Transcript } from "./transcript";

/** How long the list stays where the reader scrolled it before it follows the sound again. */
const LET_BE_MS = 4000;
/** Rows drawn above and below what is seen. */
const MARGIN = 8;

interface Props {
  transcript: Transcript;
  turns: Turn[];
  flagged: Span[];
  player: Player;
  /** The segments whose words are lit: what a statement rests on. */
  lit: ReadonlySignal<Set<number> | null>;
  onSpeaker(turn: Turn): void;
}

export function TranscriptList({ transcript, turns, flagged, player, lit, onSpeaker }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scrolled = useRef(0);
  const range = useSignal({ from: 0, to: 40 });
  const current = useSignal(0);
  const version = useSignal(0);
  const byRow = useMemo(() => turnsByRow(transcript, turns), [transcript, turns]);
  const palette = useMemo(() => colours(turns), [turns]);
  const heights = useMemo(
    () =>
      new Heights(transcript.count, (row) => {
        const lines = Math.ceil((transcript.columns.text[row]?.length ?? 0) / 42);
        const begins = byRow[row] !== byRow[row - 1];
        return 10 + 26 * Math.max(1, lines) + (begins ? 34 : 0);
      }),
    [transcript, byRow],
  );

  const measure = () => {
    const element = box.current;
    if (!element) return;
    const from = Math.max(0, heights.at(element.scrollTop) - MARGIN);
    const bottom = heights.at(element.scrollTop + element.clientHeight);
    const to = Math.min(transcript.count, bottom + MARGIN + 1);
    const { from: a, to: b } = range.peek();
    if (a !== from || b !== to) range.value = { from, to };
  };

  const show = (row: number) => {
    const element = box.current;
    if (!element || row < 0) return;
    const top = heights.top(row);
    const seen = element.scrollTop + element.clientHeight;
    if (top < element.scrollTop + 40 || top > seen - 100) {
      element.scrollTop = Math.max(0, top - element.clientHeight / 3);
      measure();
    }
  };

  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [heights]);

  // True heights replace the estimates as rows are drawn; what stands above must not jump.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    let shift = 0;
    const firstSeen = heights.at(element.scrollTop);
    for (const item of element.querySelectorAll<HTMLElement>("[data-row]")) {
      const row = Number(item.dataset.row);
      const change = heights.set(row, item.offsetHeight);
      if (row < firstSeen) shift += change;
      if (change !== 0) version.value = version.peek() + 1;
    }
    if (shift !== 0) element.scrollTop += shift;
  });

  useEffect(
    () =>
      effect(() => {
        const row = transcript.rowAt(player.at.value);
        if (row === current.peek() || row < 0) return;
        current.value = row;
        if (performance.now() - scrolled.current > LET_BE_MS) show(row);
      }),
    [transcript, player],
  );

  useSignalEffect(() => {
    const [first] = lit.value ?? [];
    const row = first === undefined ? undefined : transcript.row(first);
    if (row === undefined) return;
    scrolled.current = 0;
    show(row);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const all = transcript.count;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -all, End: all }[
      event.key
    ];
    if (step === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const row = Math.max(0, Math.min(all - 1, current.peek() + step));
    current.value = row;
    void player.seek(transcript.start(row));
    show(row);
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-row="${row}"] .time`)?.focus(),
    );
  };

  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const start = target.closest<HTMLElement>("[data-ms]")?.dataset.ms;
    if (start !== undefined) void player.playFrom(Number(start));
  };

  const from = Math.min(range.value.from, transcript.count);
  const to = Math.min(range.value.to, transcript.count);
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  void version.value;
  return (
    <div
      class="transcript"
      ref={box}
      role="region"
      aria-label={t("transcript.name")}
      tabIndex={0}
      onScroll={measure}
      onWheel={() => (scrolled.current = performance.now())}
      onTouchMove={() => (scrolled.current = performance.now())}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div class="transcript-all" style={{ height: `${heights.total}px` }}>
        <ol style={{ transform: `translateY(${heights.top(from)}px)` }}>
          {rows.map((row) => {
            const turn = byRow[row];
            const key = speakerKey(turn);
            return (
              <Row
                key={row}
                row={row}
                count={transcript.count}
                transcript={transcript}
                turn={turn}
                begins={turn !== byRow[row - 1]}
                colour={key === null ? "voice-none" : (palette.get(key) ?? "voice-none")}
                flagged={flagged.some(
                  (one) => one.start_ms < transcript.end(row) && one.end_ms > transcript.start(row),
                )}
                current={current}
                player={player}
                lit={lit}
                time={clock(transcript.start(row))}
                onSpeaker={onSpeaker}
              />
            );
          })}
        </ol>
      </div>
    </div>
  );
}
