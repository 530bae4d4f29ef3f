/**
 * Saves a document while it is being written: within a second of the first change, one request
 * at a time. When the server is away the text stays here and is sent when it is back; when
 * somebody else has changed the document the server's merge is taken over. Knows nothing of
 * editors or of HTTP: both are handed in, so that it can be tested without them.
 */
import { signal } from "@preact/signals";
import type { Block } from "../document/block";

export type SaveState = "saved" | "waiting" | "saving" | "away" | "busy" | "signed-out" | "failed";

export interface Saved {
  revision: string;
  yours: string;
  merged: boolean;
  conflicts: number;
  blocks?: Block[];
}

/** Why a save did not come about. */
export type Failure = "away" | "busy" | "signed-out" | "unknown-base" | "failed";

export interface Io {
  /** Sends the blocks; throws what `failure` can name. */
  put(
    body: { base: string; blocks: Block[] } | { base_blocks: Block[]; blocks: Block[] },
  ): Promise<Saved>;
  fetch(): Promise<{ revision: string; blocks: Block[] }>;
  failure(error: unknown): Failure;
  /** The document as it stands in the editor. */
  current(): Block[];
  /** Puts another document in the editor's place, changing only what differs. */
  replace(blocks: Block[]): void;
  /** Keeps what is not saved yet, and forgets it. */
  keep(state: { base: string; agreed: Block[]; blocks: Block[] }): void;
  forget(): void;
}

/** From the last key to the save; from the first at most `LONGEST_MS`. */
const PAUSE_MS = 350;
const LONGEST_MS = 700;
const KEEP_MS = 200;
const AGAIN_MS = 1000;

export class Saver {
  readonly state = signal<SaveState>("saved");
  /** How many conflicts the last merge left to be settled. */
  readonly conflicts = signal(0);
  private version = 0;
  private savedVersion = 0;
  private since = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private heard: string | null = null;
  private closed = false;
  private byBlocks = false;

  /** Starts from a document as the server gave it. */
  constructor(
    private readonly io: Io,
    private base: string,
    private agreed: Block[],
  ) {}

  get dirty(): boolean {
    return this.version !== this.savedVersion;
  }

  get revision(): string {
    return this.base;
  }

  /** Something was typed. */
  changed(): void {
    if (!this.dirty) this.since = performance.now();
    this.version++;
    if (this.state.peek() === "saved") this.state.value = "waiting";
    const left = Math.max(0, this.since + LONGEST_MS - performance.now());
    this.plan(Math.min(PAUSE_MS, left));
    this.keeping ??= setTimeout(() => this.keepNow(), KEEP_MS);
  }

  /** The server says that the document has this revision now. */
  elsewhere(revision: string | null): void {
    if (revision === null || revision === this.base) return;
    this.heard = revision;
    if (!this.running) this.plan(0);
  }

  /** Saves at once; resolves when it is saved or could not be. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
    if (this.dirty || this.heard) await this.go();
  }

  /** Keeps what is not saved, now: the page is being left. */
  keepNow(): void {
    clearTimeout(this.keeping);
    this.keeping = undefined;
    if (this.dirty) {
      this.io.keep({ base: this.base, agreed: this.agreed, blocks: this.io.current() });
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.keepNow();
  }

  private plan(ms: number): void {
    clearTimeout(this.timer);
    if (!this.closed) this.timer = setTimeout(() => void this.go(), ms);
  }

  private async go(): Promise<void> {
    if (this.running) return this.running;
    this.running = this.once().finally(() => (this.running = null));
    await this.running;
    if (this.closed) return;
    if (this.state.peek() === "saved" || this.state.peek() === "waiting") {
      if (this.dirty || (this.heard && this.heard !== this.base)) this.plan(PAUSE_MS);
    } else {
      this.plan(AGAIN_MS);
    }
  }

  private async once(): Promise<void> {
    try {
      if (this.dirty) await this.put();
      else if (this.heard && this.heard !== this.base) await this.take();
      // Another change may have been heard of meanwhile: that one is still to be fetched.
      if (this.heard === this.base) this.heard = null;
      this.state.value = this.dirty ? "waiting" : "saved";
    } catch (error) {
      const failure = this.io.failure(error);
      this.keepNow();
      if (failure === "unknown-base") this.byBlocks = true;
      this.state.value = failure === "unknown-base" ? "saving" : failure;
    }
  }

  private async put(): Promise<void> {
    const sent = this.version;
    const blocks = this.io.current();
    if (this.state.peek() !== "away") this.state.value = "saving";
    const answer = await this.io.put(
      this.byBlocks ? { base_blocks: this.agreed, blocks } : { base: this.base, blocks },
    );
    this.byBlocks = false;
    this.savedVersion = sent;
    this.since = performance.now();
    this.conflicts.value = answer.conflicts;
    if (answer.merged && answer.blocks && this.version === sent) {
      this.base = answer.revision;
      this.agreed = answer.blocks;
      this.io.replace(answer.blocks);
    } else {
      // What was typed meanwhile rests on what was sent; the next save brings the merge.
      this.base = answer.yours;
      this.agreed = blocks;
      if (answer.merged && this.version === sent) this.heard = answer.revision;
    }
    if (this.dirty) this.keepNow();
    else this.io.forget();
  }

  private async take(): Promise<void> {
    const { version } = this;
    const { revision, blocks } = await this.io.fetch();
    // Something was typed while it came: the next save merges.
    if (this.version !== version) return;
    this.base = revision;
    this.heard = revision;
    this.agreed = blocks;
    this.io.replace(blocks);
  }
}
