/** Draws a stretch of a recording's levels on a canvas. */
import type { Peaks, Span } from "../api/wire";

export interface Look {
  wave: string;
  played: string;
}

/** Returns the highest level between two moments of one recording, 0 to 1. */
export function level({ peaks, step_ms }: Peaks, from: number, to: number): number {
  const first = Math.max(0, Math.floor(from / step_ms));
  const last = Math.min(peaks.length, Math.max(first + 1, Math.ceil(to / step_ms)));
  let highest = 0;
  for (let step = first; step < last; step++) highest = Math.max(highest, peaks[step] ?? 0);
  return highest / 255;
}

/** Draws the recordings' levels over `span`; what lies before `at` is drawn as played. */
export function draw(
  canvas: HTMLCanvasElement,
  recordings: { offset_ms: number; peaks: Peaks }[],
  span: Span,
  at: number,
  look: Look,
): void {
  const scale = devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (width === 0) return;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(scale, scale);
  const step = 3;
  const perPixel = (span.end_ms - span.start_ms) / width;
  for (let x = 0; x < width; x += step) {
    const from = span.start_ms + x * perPixel;
    const to = from + step * perPixel;
    let highest = 0;
    for (const { offset_ms, peaks } of recordings) {
      if (to < offset_ms || from > offset_ms + peaks.duration_ms) continue;
      highest = Math.max(highest, level(peaks, from - offset_ms, to - offset_ms));
    }
    // Speech is quiet on a linear scale: the square root shows it.
    const tall = Math.max(1.5, Math.sqrt(highest) * (height - 4));
    pen.fillStyle = from <= at ? look.played : look.wave;
    pen.fillRect(x, (height - tall) / 2, step - 1, tall);
  }
}
