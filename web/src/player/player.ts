/**
 * Plays a meeting's recordings as one line of sound: times are the meeting's, whichever file
 * they fall in.
 */
import { signal } from "@preact/signals";
import { copyMade } from "../api/client";
import type { Recording, Span } from "../api/wire";
import { rewinds } from "./habits";

/** The speeds that the keys step through; the pitch stays. */
const RATES = [0.5, 0.6, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** So much is heard again after a pause: a word or two. */
const REWIND_MS = 1000;

export class Player {
  /** Where the sound is. */
  readonly at = signal(0);
  readonly playing = signal(false);
  readonly rate = signal(1);
  /** How far a playback copy has come, 0 to 1, while one is made. */
  readonly making = signal<number | null>(null);
  readonly failed = signal(false);
  /** The stretch that is played and then stops; null to go on to the end. */
  readonly until = signal<Span | null>(null);

  readonly audio = new Audio();
  private recordings: Recording[] = [];
  private current: Recording | null = null;
  private frame = 0;

  constructor() {
    this.audio.preload = "auto";
    this.audio.preservesPitch = true;
    this.audio.addEventListener("play", () => {
      this.playing.value = true;
      this.follow();
    });
    this.audio.addEventListener("pause", () => {
      this.playing.value = false;
      this.tell();
    });
    this.audio.addEventListener("seeked", () => this.tell());
    this.audio.addEventListener("ended", () => void this.next());
    this.audio.addEventListener("error", () => void this.tryCopy());
  }

  /** Takes the recordings there are; what plays goes on. */
  load(recordings: Recording[]): void {
    this.recordings = recordings;
    if (!this.current && recordings[0]) void this.open(recordings[0], 0);
  }

  get duration(): number {
    const last = this.recordings.at(-1);
    return (last?.offset_ms ?? 0) + (last?.duration_ms ?? 0);
  }

  toggle(): void {
    if (this.audio.paused) return void this.play();
    this.audio.pause();
    if (rewinds.peek()) this.back(REWIND_MS);
  }

  pause(): void {
    this.audio.pause();
  }

  /** Plays from where it is, to the end. */
  async play(): Promise<void> {
    this.until.value = null;
    await this.start();
  }

  /** Plays from `ms` on; a span stops at its end. */
  async playFrom(ms: number, until: Span | null = null): Promise<void> {
    await this.move(ms);
    this.until.value = until;
    await this.start();
  }

  /** Goes to another place, from where it plays on. */
  async seek(ms: number): Promise<void> {
    this.until.value = null;
    await this.move(ms);
  }

  private async move(ms: number): Promise<void> {
    const bounded = Math.max(0, this.duration > 0 ? Math.min(ms, this.duration) : ms);
    const recording = this.recordings.findLast((one) => (one.offset_ms ?? 0) <= bounded);
    if (!recording) return;
    const inside = (bounded - (recording.offset_ms ?? 0)) / 1000;
    if (recording.n !== this.current?.n) await this.open(recording, inside);
    else this.audio.currentTime = inside;
    this.at.value = bounded;
  }

  back(ms = 3000): void {
    void this.move(this.at.value - ms);
  }

  /** Goes to the next slower (-1) or faster (1) speed. */
  step(direction: 1 | -1): void {
    const index = RATES.indexOf(this.rate.value) + direction;
    const rate = RATES[Math.max(0, Math.min(RATES.length - 1, index))] ?? 1;
    this.rate.value = rate;
    this.audio.playbackRate = rate;
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  private async start(): Promise<void> {
    try {
      await this.audio.play();
    } catch (cause) {
      // Another seek came in between; that one plays.
      if (!(cause instanceof DOMException && cause.name === "AbortError")) this.failed.value = true;
    }
  }

  /** What the browser cannot play after all is played from a copy that it can. */
  private async tryCopy(): Promise<void> {
    const { current } = this;
    if (!current || !this.audio.src) return;
    if (this.audio.src.endsWith(current.copy_url)) {
      this.failed.value = true;
      return;
    }
    const { playing } = this;
    const seconds = this.audio.currentTime;
    await this.open({ ...current, plays: "copy" }, seconds);
    if (playing.peek()) await this.start();
  }

  private async open(recording: Recording, seconds: number): Promise<void> {
    this.current = recording;
    this.failed.value = false;
    if (recording.plays === "copy") {
      this.making.value = 0;
      await copyMade(recording.copy_url, (done) => (this.making.value = done));
      this.making.value = null;
    }
    this.audio.src = recording.plays === "copy" ? recording.copy_url : recording.url;
    this.audio.playbackRate = this.rate.value;
    this.audio.defaultPlaybackRate = this.rate.value;
    this.audio.currentTime = seconds;
  }

  private async next(): Promise<void> {
    const index = this.recordings.findIndex((one) => one.n === this.current?.n);
    const following = this.recordings[index + 1];
    if (!following) return;
    await this.open(following, 0);
    await this.start();
  }

  private follow(): void {
    cancelAnimationFrame(this.frame);
    const tick = () => {
      this.tell();
      if (!this.audio.paused) this.frame = requestAnimationFrame(tick);
    };
    tick();
  }

  private tell(): void {
    const at = Math.round((this.current?.offset_ms ?? 0) + this.audio.currentTime * 1000);
    this.at.value = at;
    const until = this.until.value;
    if (until && at >= until.end_ms && !this.audio.paused) {
      this.audio.pause();
      this.until.value = null;
    }
  }
}
