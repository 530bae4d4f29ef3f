/** A meeting that is open: what the server knows of it, its sound, and what is done to it. */
import { computed, signal } from "@preact/signals";
import * as api from "../api/client";
import { listen } from "../api/events";
import type { Brought, Redrafted } from "../api/client";
import type { Meeting, Part, ReviewLine, StatementFact, Turn, Voice } from "../api/wire";
import { say } from "../live";
import { stopsAtLine } from "../player/habits";
import { Player } from "../player/player";
import { fullClock } from "../time";
import { Transcript } from "../transcript/transcript";
import { attempt } from "../trouble";
import { t } from "../words";
import { boundaries, boundaryAt, type Boundary } from "./boundaries";
import { naming, type Reach } from "./speakers";
import { UndoStack } from "./undo";
import { allSuggested, heardAt, mergeVoices, nameVoice, takenBack } from "./voices";
import type { Saver } from "../draft/saver";
import type { Place } from "../editor/places";

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

  /** What the text that is shown has for the referent to look at. */
  readonly places = signal<Place[]>([]);
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

  /** The names that are being given to voices. */
  readonly naming = signal<ReadonlyMap<string, string | null>>(new Map());
  private writing = false;
  private waiting: { lines: ReviewLine[]; told: string; done(written: boolean): void }[] = [];
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
    const meeting = await api.getMeeting(this.id);
    const another = meeting.has.transcript && meeting.transcript !== this.transcriptRevision;
    if (another) await this.fetchTranscript();
    this.data.value = meeting;
    this.player.load(meeting.recordings);
    const { documents } = meeting;
    this.saver?.elsewhere(documents[this.part.peek()]);
  }

  playStatement(id: string): void {
    const fact = this.facts.value.get(id);
    if (!fact) return;
    this.chosen.value = id;
    void this.player.playFrom(fact.start_ms, stopsAtLine.peek() ? fact : null);
  }

  /**
   * Puts the sound where a statement begins, or the sentence beneath it that is shown with a time:
   * what is clicked is lit, and heard when it is asked for. What plays is not disturbed.
   */
  cue(id: string, shown?: string): void {
    const fact = this.facts.value.get(id);
    if (!fact || this.player.playing.peek()) return;
    this.chosen.value = id;
    void this.player.seek(shown === undefined ? fact.start_ms : this.startOf(fact, shown));
  }

  /** Returns where the sentence begins that the draft shows with a time beneath a statement. */
  private startOf(fact: StatementFact, shown: string): number {
    const transcript = this.transcript.value;
    if (!transcript) return fact.start_ms;
    const starts = fact.segments
      .map((segment) => transcript.row(segment))
      .filter((row) => row !== undefined)
      .flatMap((row) => [transcript.start(row), ...transcript.words(row).map((w) => w.start_ms)]);
    return starts.find((ms) => fullClock(ms) === shown) ?? fact.start_ms;
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

  async nameSpeaker(turn: Turn, name: string | null, reach: Reach): Promise<void> {
    const { turns = [], voices = null } = this.data.peek() ?? {};
    const lines = naming(turns, voices, turn, name, reach);
    await this.decide(lines, takenBack(lines), told(name));
  }

  /** Says whose a voice is. It is shown at once; the draft follows. */
  async nameVoice(voice: Voice, name: string | null): Promise<void> {
    this.naming.value = new Map(this.naming.peek()).set(voice.voice, name);
    const lines = [nameVoice(voice.voice, heardAt(voice), name)];
    await this.decide(lines, takenBack(lines), told(name));
    const left = new Map(this.naming.peek());
    left.delete(voice.voice);
    this.naming.value = left;
  }

  /** Takes every name that is suggested. */
  async takeSuggestions(): Promise<void> {
    const lines = allSuggested(this.data.peek()?.voices?.list ?? []);
    if (lines.length === 0) return;
    await this.decide(lines, takenBack(lines), t("voices.taken", { n: lines.length }));
  }

  async mergeVoices(voice: string, into: string): Promise<void> {
    const lines = [mergeVoices(voice, into)];
    await this.decide(lines, takenBack(lines), t("voices.merged"));
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
    const act = {
      undo: () => this.write(back, t("undo.done")),
      redo: () => this.write(lines, told),
    };
    // It can be undone at once, also while the draft is being made.
    this.undo.push(act);
    if (!(await this.write(lines, told))) this.undo.drop(act);
  }

  /** Writes lines down; returns whether that came about. */
  private write(lines: ReviewLine[], told: string): Promise<boolean> {
    return new Promise((done) => {
      this.waiting.push({ lines, told, done });
      if (!this.writing) void this.writeAll();
    });
  }

  /** What is decided while a draft is made goes together into the next. */
  private async writeAll(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      const lines = batch.flatMap((one) => one.lines);
      const told = batch.at(-1)?.told ?? "";
      const written = await attempt(() => this.make(() => api.review(this.id, lines), told));
      batch.forEach(({ done }) => done(written));
    }
    this.writing = false;
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

function told(name: string | null): string {
  return t("speaker.named", { name: name ?? t("speaker.unknown") });
}
