/** What is said to those who do not see the page, and shown for a while to those who do. */
import { signal } from "@preact/signals";

export interface Notice {
  text: string;
  /** Something that can be done about it. */
  act?: { label: string; run(): void };
  bad?: boolean;
}

/** Read aloud politely, at the next pause. */
export const spoken = signal("");
/** The notice on the screen. */
export const notice = signal<Notice | null>(null);

const SHOWN_MS = 6000;
/** A notice with something to do stays longer. */
const OFFERED_MS = 20_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string): void {
  spoken.value = text;
}

export function show(shown: Notice): void {
  notice.value = shown;
  say(shown.text);
  clearTimeout(timer);
  timer = setTimeout(() => (notice.value = null), shown.act ? OFFERED_MS : SHOWN_MS);
}

export function dismiss(): void {
  clearTimeout(timer);
  notice.value = null;
}
