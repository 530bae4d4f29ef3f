/** The beginning of an agenda item on the waveform: moved by dragging or with the arrows. */
import { useSignal } from "@preact/signals";
import { room, type Boundary } from "../meeting/boundaries";
import type { MeetingModel } from "../meeting/model";
import { clock } from "../time";
import { t } from "../words";

const STEP_MS = 500;
const STRIDE_MS = 5000;

interface Props {
  model: MeetingModel;
  boundary: Boundary;
  index: number;
  duration: number;
  percent(ms: number): number;
  timeAt(x: number): number;
}

export function Handle({ model, boundary, index, duration, percent, timeAt }: Props) {
  /** Where it would go; null while it is not being moved. */
  const moved = useSignal<number | null>(null);
  const [least, most] = room(model.boundaries.value, index, duration);
  const at = moved.value ?? boundary.at_ms;
  const to = (ms: number) => (moved.value = Math.max(least, Math.min(most, Math.round(ms))));
  const settle = () => {
    const target = moved.value;
    moved.value = null;
    if (target !== null && target !== boundary.at_ms) void model.moveBoundary(boundary, target);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = {
      ArrowLeft: -STEP_MS,
      ArrowRight: STEP_MS,
      PageDown: -STRIDE_MS,
      PageUp: STRIDE_MS,
    }[event.key];
    if (step !== undefined && !event.altKey && !event.ctrlKey) {
      to(at + step);
      void model.player.seek(at + step);
    } else if (event.key === "Enter") settle();
    else if (event.key === "Escape" && moved.value !== null) moved.value = null;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class={`handle ${moved.value === null ? "" : "moving"}`}
      role="slider"
      tabIndex={0}
      aria-label={t("boundary.name", { item: boundary.item ?? "", title: boundary.title })}
      aria-valuemin={Math.round(least / 1000)}
      aria-valuemax={Math.round(most / 1000)}
      aria-valuenow={Math.round(at / 1000)}
      aria-valuetext={clock(at)}
      title={t("boundary.help")}
      style={{ left: `${percent(at)}%` }}
      onKeyDown={onKeyDown}
      onBlur={settle}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
        moved.value = boundary.at_ms;
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) to(timeAt(event.clientX));
      }}
      onPointerUp={settle}
      onPointerCancel={() => (moved.value = null)}
    >
      <span class="grip" aria-hidden="true">
        {boundary.item}
      </span>
      {moved.value !== null && <span class="where">{clock(at)}</span>}
    </div>
  );
}
