/** A meeting that is open: what the server knows of it, its sound, and what is done to it. */
import { computed, signal } from "@preact/signals";
import * as api from "../api/client";
import { listen } from "../api/events";
import type {
  Brought,
  Meeting,
  Part,
  Redrafted,
  ReviewLine,
  StatementFact,
  Turn,
} from "../api/types";
import { say } from "../live";
import { Player } from "../player/player";
import { fullClock } from "../time";
import { Transcript } from "../transcript/transcript";
import { attempt } from "../trouble";
import { t } from "../words";
import { boundaries, boundaryAt, type Boundary } from "./boundaries";
import { naming, unnaming } from "./speakers";
import { UndoStack } from "./undo";
import type { Saver } from "../draft/saver";

export class MeetingModel {
  readonly data = signal<Meeting | null>(null);
  readonly transcript = signal<Transcript | null>(null);
  readonly part = signal<Part>("open");
  /** The draft is being made anew. */
  readonly redrafting = signal(false);
  readonly online = signal(true);
  readonly player = new Player();
  readonly undo = new UndoStack();
  /** Saves the document that is shown. */
  saver: Saver | null = null;

  readonly facts = computed(() => {
    const statements = this.data.value?.sections.flatMap((section) => section.statements) ?? [];
    return new Map(statements.map((statement) => [statement.id, statement]));
  });
  readonly boundaries = computed<Boundary[]>(() =>
    boundaries(this.data.value?.sections ?? [], this.data.value?.agenda ?? []),
  );
  readonly boundaryAt = computed(() => boundaryAt(this.boundaries.value, this.player.at.value));
  /** The statement whose sound was asked for last. */
  private readonly chosen = signal<string | null>(null);
  private readonly ordered = computed(() =>
    [...this.facts.value.values()].sort((a, b) => a.start_ms - b.start_ms),
  );
  /** The statement whose sound is heard. */
  readonly active = computed<string | null>(() => {
    const at = this.player.at.value;
    const inside = (one: StatementFact | undefined) =>
      one !== undefined && one.start_ms - 150 <= at && at < one.end_ms + 150;
    const chosen = this.chosen.value;
    if (chosen !== null && inside(this.facts.value.get(chosen))) return chosen;
    if (at === 0 && !this.player.playing.value) return null;
    return this.ordered.value.findLast(inside)?.id ?? null;
  });
  /** The segments that it rests on. */
  readonly lit = computed(() => {
    const id = this.active.value;
    const segments = id === null ? undefined : this.facts.value.get(id)?.segments;
    return segments ? new Set(segments) : null;
  });

  private stop: (() => void) | null = null;
  private transcriptRevision: string | null = null;

  constructor(readonly id: string) {}

  async open(): Promise<void> {
    await this.refresh();
    this.stop = listen(
      this.id,
      {
        hello: () => {
          this.online.value = true;
          void this.refresh();
        },
        meeting: ({ revision }) => {
          if (revision !== this.data.peek()?.revision) void this.refresh();
        },
        transcript: ({ revision }) => {
          if (revision !== this.transcriptRevision) void this.fetchTranscript();
        },
        document: ({ part, revision }) => {
          if (part === this.part.peek()) this.saver?.elsewhere(revision);
        },
        job: (job) => this.patch({ job }),
        recording: (recording) => this.patch({ recording }),
        audio: () => void this.refresh(),
      },
      () => (this.online.value = false),
    );
  }

  close(): void {
    this.stop?.();
    this.player.close();
  }

  async refresh(): Promise<void> {
    const before = this.data.peek();
    const meeting = await api.getMeeting(this.id);
    this.data.value = meeting;
    this.player.load(meeting.recordings);
    if (meeting.has.transcript && !before?.has.transcript) await this.fetchTranscript();
    const { documents } = meeting;
    this.saver?.elsewhere(documents[this.part.peek()]);
  }

  playStatement(id: string): void {
    const fact = this.facts.value.get(id);
    if (!fact) return;
    this.chosen.value = id;
    void this.player.playFrom(fact.start_ms);
  }

  /** Plays the sentence that the draft shows with this time beneath a statement. */
  playSaid(id: string, shown: string): void {
    const fact = this.facts.value.get(id);
    const transcript = this.transcript.value;
    if (!fact || !transcript) return;
    const starts = fact.segments
      .map((segment) => transcript.row(segment))
      .filter((row) => row !== undefined)
      .flatMap((row) => [transcript.start(row), ...transcript.words(row).map((w) => w.start_ms)]);
    const start = starts.find((ms) => fullClock(ms) === shown) ?? fact.start_ms;
    this.chosen.value = id;
    void this.player.playFrom(start);
  }

  /** Accepts or rejects a statement. */
  async settle(id: string, verdict: "accept" | "reject"): Promise<void> {
    const before = this.facts.value.get(id)?.reviewed ?? null;
    const undone = before === null ? "reopen" : before === "accepted" ? "accept" : "reject";
    await this.decide(
      [{ kind: verdict, statement: id }],
      [{ kind: undone, statement: id }],
      t(verdict === "accept" ? "review.accepted" : "review.rejected"),
    );
  }

  async moveBoundary(boundary: Boundary, to: number): Promise<void> {
    const { item, at_ms } = boundary;
    await this.decide(
      [{ kind: "boundary", item, at_ms: to, moved_from_ms: at_ms }],
      [{ kind: "boundary", item, at_ms, moved_from_ms: to }],
      t("boundary.moved", { item: item ?? "", time: fullClock(to) }),
    );
  }

  /** Says that an item begins where the sound is: its nearest boundary comes here. */
  async beginHere(item: string): Promise<void> {
    const at = this.player.at.peek();
    const own = this.boundaries.peek().filter((one) => one.item === item);
    own.sort((a, b) => Math.abs(a.at_ms - at) - Math.abs(b.at_ms - at));
    const nearest = own[0];
    if (nearest) return this.moveBoundary(nearest, at);
    const held = this.boundaries.peek()[this.boundaryAt.peek()]?.item ?? null;
    await this.decide(
      [{ kind: "boundary", item, at_ms: at }],
      [{ kind: "boundary", item: held, at_ms: at, moved_from_ms: at }],
      t("boundary.moved", { item, time: fullClock(at) }),
    );
  }

  async nameSpeaker(turn: Turn, name: string | null, everywhere: boolean): Promise<void> {
    const turns = this.data.peek()?.turns ?? [];
    await this.decide(
      naming(turns, turn, name, everywhere),
      unnaming(turns, turn, everywhere),
      t("speaker.named", { name: name ?? t("speaker.unknown") }),
    );
  }

  async setClosed(item: string, closed: boolean): Promise<void> {
    await this.decide(
      [{ kind: "closed", item, closed }],
      [{ kind: "closed", item, closed: !closed }],
      t(closed ? "agenda.closed.done" : "agenda.opened.done", { item }),
    );
  }

  /** Makes the draft anew from what is settled; what she wrote stays. */
  async redraft(): Promise<void> {
    await attempt(() => this.make(() => api.redraft(this.id), t("redraft.done")));
  }

  /** Takes over what a request made of the draft. */
  async make(run: () => Promise<Redrafted | Brought>, told: string): Promise<void> {
    this.redrafting.value = true;
    try {
      await this.saver?.flush();
      const answer = await run();
      this.saver?.elsewhere(answer.documents[this.part.peek()]);
      await this.refresh();
      say(told);
    } finally {
      this.redrafting.value = false;
    }
  }

  private async decide(lines: ReviewLine[], back: ReviewLine[], told: string): Promise<void> {
    const write = (what: ReviewLine[], words: string) =>
      this.make(() => api.review(this.id, what), words);
    if (!(await attempt(() => write(lines, told)))) return;
    this.undo.push({
      undo: () => write(back, t("undo.done")),
      redo: () => write(lines, told),
    });
  }

  private async fetchTranscript(): Promise<void> {
    const columns = await api.getTranscript(this.id);
    this.transcriptRevision = columns.revision;
    this.transcript.value = new Transcript(columns);
  }

  private patch(change: Partial<Meeting>): void {
    const data = this.data.peek();
    if (data) this.data.value = { ...data, ...change };
  }
}
