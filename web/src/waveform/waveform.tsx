/** The sound as a picture, with the agenda's items on it; their beginnings can be moved. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { getPeaks } from "../api/client";
import type { Meeting, Peaks, Span } from "../api/wire";
import type { MeetingModel } from "../meeting/model";
import type { Player } from "../player/player";
import { t } from "../words";
import { draw } from "./draw";
import { Handle } from "./handle";

/** The least that the picture shows. */
const CLOSEST_MS = 15_000;

export function Waveform({ model, meeting }: { model: MeetingModel; meeting: Meeting }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const peaks = useSignal<{ offset_ms: number; peaks: Peaks }[]>([]);
  const making = useSignal<number | null>(null);
  const zoom = useSignal(1);
  const width = useSignal(0);
  const { player } = model;

  const whole = useComputed(() => {
    const ends = peaks.value.map((one) => one.offset_ms + one.peaks.duration_ms);
    const known = model.boundaries.value.at(-1)?.end_ms ?? 0;
    return Math.max(1, ...ends, known, model.data.value ? player.duration : 0);
  });
  /** What is shown: all of it, or a part that turns its page as the sound goes on. */
  const span = useComputed<Span>(() => {
    const length = Math.max(CLOSEST_MS, whole.value / zoom.value);
    if (length >= whole.value) return { start_ms: 0, end_ms: whole.value };
    const page = Math.floor(player.at.value / (length * 0.9));
    const start = Math.min(page * length * 0.9, whole.value - length);
    return { start_ms: start, end_ms: start + length };
  });

  const recordings = meeting.recordings.map((one) => `${one.n}:${one.offset_ms}`).join();
  useEffect(() => {
    const stop = new AbortController();
    const all = meeting.recordings.map(async (one) => ({
      offset_ms: one.offset_ms ?? 0,
      peaks: await getPeaks(one.peaks_url, (done) => (making.value = done), stop.signal),
    }));
    Promise.all(all)
      .then((made) => (peaks.value = made))
      // Without the picture the sound plays all the same.
      .catch(() => undefined)
      .finally(() => (making.value = null));
    return () => stop.abort();
  }, [recordings]);

  useEffect(() => {
    const observer = new ResizeObserver(() => (width.value = box.current?.clientWidth ?? 0));
    if (box.current) observer.observe(box.current);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const again = () => (peaks.value = [...peaks.peek()]);
    dark.addEventListener("change", again);
    return () => {
      observer.disconnect();
      dark.removeEventListener("change", again);
    };
  }, []);

  useSignalEffect(() => {
    void width.value;
    if (!canvas.current) return;
    const style = getComputedStyle(canvas.current);
    draw(canvas.current, peaks.value, span.value, player.at.value, {
      wave: style.getPropertyValue("--wave"),
      played: style.getPropertyValue("--wave-played"),
    });
  });

  const { start_ms, end_ms } = span.value;
  const percent = (ms: number) => ((ms - start_ms) / (end_ms - start_ms)) * 100;
  const timeAt = (x: number) => {
    const frame = box.current?.getBoundingClientRect();
    if (!frame) return start_ms;
    const part = Math.max(0, Math.min(1, (x - frame.left) / frame.width));
    return Math.round(start_ms + part * (end_ms - start_ms));
  };
  return (
    <div class="waveform">
      <div
        class="wave"
        ref={box}
        onClick={(event) => {
          if ((event.target as HTMLElement).closest(".handle")) return;
          void player.seek(timeAt(event.clientX));
        }}
      >
        <Bands model={model} percent={percent} />
        <canvas ref={canvas} role="img" aria-label={t("wave.name")} />
        <Cursor percent={percent} player={player} />
        {model.boundaries.value.map((boundary, index) =>
          boundary.at_ms < start_ms || boundary.at_ms > end_ms || boundary.item === null ? null : (
            <Handle
              key={index}
              model={model}
              boundary={boundary}
              index={index}
              duration={whole.value}
              percent={percent}
              timeAt={timeAt}
            />
          ),
        )}
        {making.value !== null && <span class="making">{t("wave.making")}</span>}
      </div>
      <div class="zoom" role="group" aria-label={t("wave.zoom")}>
        <button
          type="button"
          class="quiet"
          aria-label={t("wave.closer")}
          disabled={whole.value / zoom.value <= CLOSEST_MS}
          onClick={() => (zoom.value *= 2)}
        >
          +
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={t("wave.further")}
          disabled={zoom.value === 1}
          onClick={() => (zoom.value = Math.max(1, zoom.value / 2))}
        >
          −
        </button>
      </div>
    </div>
  );
}

/** The items' stretches behind the picture. */
function Bands({ model, percent }: { model: MeetingModel; percent(ms: number): number }) {
  return (
    <>
      {model.boundaries.value.map(({ at_ms, end_ms, item, title }, index, all) => {
        const to = all[index + 1]?.at_ms ?? end_ms;
        const [left, right] = [Math.max(0, percent(at_ms)), Math.min(100, percent(to))];
        if (right <= 0 || left >= 100) return null;
        return (
          <div
            key={`${item}-${at_ms}`}
            class={`band ${index % 2 ? "odd" : ""}`}
            style={{ left: `${left}%`, width: `${right - left}%` }}
            title={title}
          >
            {title}
          </div>
        );
      })}
    </>
  );
}

/** Where the sound is; the only part that is drawn anew with every tick of it. */
function Cursor({ percent, player }: { percent(ms: number): number; player: Player }) {
  return <div class="cursor" style={{ left: `${percent(player.at.value)}%` }} />;
}
