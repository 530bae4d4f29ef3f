/** Times as they are shown. Nothing reads one back. */

/** Returns `h:mm:ss`, or `m:ss` below an hour. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Returns a time of the draft as it is shown: `0:47` of `00:00:47`. */
export function shortened(at: string): string {
  return at.replace(/^(00:)?0?(?=\d+:\d\d)/, "");
}

/** Returns `hh:mm:ss`, as the draft shows the time of a statement. */
export function fullClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
