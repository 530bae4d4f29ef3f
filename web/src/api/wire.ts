/** What goes over the wire, written from the server's structs by a test: `UPDATE=1 cargo test --lib wire`. */
import type { Block } from "../document/block";
import type {
  AgendaItem,
  Flagged,
  Header,
  MachineStatement,
  Mark,
  Remark,
  Removed,
  Review,
  SectionSpan,
  Span,
  SpokenTurn,
  VoiceHint,
} from "./domain";

export * from "./domain";

export type ErrorDetails = { open_proposals: number, } | { login: boolean, } | DocumentAnswer | Record<symbol, never>;

export type ErrorBody = {
/**
 * The code.
 */
error: string,
/**
 * One line, in English.
 */
message: string, tip: string | null, } & ({ open_proposals: number, } | { login: boolean, } | DocumentAnswer | Record<symbol, never>);

export type Session = { in: boolean,
/**
 * Whether a password lets in.
 */
login: boolean, version: string, library: string,
/**
 * Whether it writes PDF.
 */
pdf: boolean, };

export type JobState = "queued" | "running" | "paused" | "failed" | "done" | "cancelled";

export type JobFailure = { message: string, tip: string | null,
/**
 * Whether its program ended without a word of why.
 */
died: boolean, };

export type Stage = "listening" | "transcribing" | "diarizing" | "drafting";

export type JobStep = { stage: Stage | null, recording: string | null, done_ms: number, total_ms: number | null, left_ms: number | null, };

export type Job = { state: JobState,
/**
 * The model that was asked for; the best one when absent.
 */
model: string | null, error: JobFailure | null, messages: Array<string>,
/**
 * How many come before it.
 */
place: number, stage: Stage | null, recording: string | null, done_ms: number, total_ms: number | null, left_ms: number | null, };

export type ModelRow = { name: string, bytes: number, };

export type Models = { installed: Array<ModelRow>,
/**
 * By the language's code.
 */
chosen: { [key in string]: string | null }, };

export type Has = { agenda: boolean, audio: boolean, transcript: boolean, draft: boolean, };

export type MeetingState = "new" | "ready" | "working" | "paused" | "failed" | "recording" | "draft" | "approved" | "changed";

export type MeetingRow = { id: string, title: string | null, date: string | null, start: string | null, changed_at: string | null, has: Has, duration_ms: number | null, state: MeetingState, open_proposals: number,
/**
 * The line that was searched for.
 */
snippet: string | null, };

export type MeetingList = { library: string, meetings: Array<MeetingRow>, };

export type AgendaReading = { markdown: string,
/**
 * The name of a folder for it.
 */
name: string, header: Header, agenda: AgendaItem[], language: string, remarks: Remark[],
/**
 * Whether the draft was made again by it.
 */
redrafted?: boolean, };

export type MadeMeeting = { id: string, };

export type Phase = "waiting" | "recording" | "paused" | "closed" | "device_gone" | "disk_full";

export type RecorderState = {
/**
 * What is being done.
 */
phase: Phase,
/**
 * Where the meeting's axis stands.
 */
position_ms: number,
/**
 * Length of what was recorded in this run, in milliseconds.
 */
recorded_ms: number,
/**
 * Highest peak since the last reading, in dBFS; absent when there was no sound.
 */
peak_dbfs: number | null,
/**
 * Whether the last second was clipped.
 */
clipping: boolean,
/**
 * How long it has been silent, in milliseconds.
 */
silent_ms: number,
/**
 * How long the disk has room for, in milliseconds; absent while that is unknown.
 */
left_ms: number | null,
/**
 * The device's name.
 */
device: string,
/**
 * The item that was marked last, as printed.
 */
item: string | null,
/**
 * Frames that were lost on the way to the disk.
 */
lost_frames: number, };

export type Device = {
/**
 * Its name among the system's devices, which `record --device` takes.
 */
id: string,
/**
 * What it calls itself.
 */
name: string,
/**
 * Whether it is the system's choice.
 */
default: boolean,
/**
 * Channel counts that it offers, ascending.
 */
channels: Array<number>,
/**
 * Lowest sample rate that it offers.
 */
min_rate_hz: number,
/**
 * Highest sample rate that it offers.
 */
max_rate_hz: number, };

export type DeviceList = { devices: Array<Device>, };

export type UploadedRecording = { n: number | null, name: string, duration_ms: number | null, };

export type Part = "open" | "closed";

export type DocumentRevisions = { open: string | null, closed: string | null, };

export type ExportFormat = { ending: string, name: { da: string, en: string }, };

export type Plays = "original" | "copy";

export type Recording = { n: number, name: string, path: string, bytes: number, offset_ms: number | null, duration_ms: number | null, plays: Plays, url: string, copy_url: string, peaks_url: string, };

export type Verdict = "accepted" | "rejected";

export type StatementFact = MachineStatement & { reviewed: Verdict | null };

export type Section = { item: string | null, spans: SectionSpan[],
/**
 * How well its words were heard, 0 to 1.
 */
heard?: number, statements: Array<StatementFact>, };

export type Turn = SpokenTurn & { voice: string | null };

export type Voice = { voice: string, total_ms: number,
/**
 * Its part of all words, 0 to 1.
 */
share: number,
/**
 * Stretches to know it by, the best first.
 */
samples: Span[],
/**
 * Whose it is; null where that is not clear.
 */
speaker: string | null,
/**
 * Whether the referent has said so.
 */
settled: boolean,
/**
 * Whose it may be.
 */
suggested: string | null,
/**
 * How sure that is, 0 to 1.
 */
confidence: number, reasons: VoiceHint[], };

export type Voices = { list: Array<Voice>,
/**
 * A label for one more.
 */
free: string, };

export type ApprovalState = "none" | "changed" | "approved";

export type ApprovalAnswer = { state: ApprovalState,
/**
 * When it was, where it still holds.
 */
at: string | null,
/**
 * By whom, where that was said and it still holds.
 */
by: string | null, };

export type KnownMeeting = { id: string, name: string | null, language: string, header: Header, agenda: AgendaItem[], notes: Array<string>, recordings: Array<Recording>, has: Has, sections: Array<Section>, turns: Array<Turn>,
/**
 * Null where nothing tells voices apart.
 */
voices: Voices | null, flagged: Flagged[], removed: Removed[],
/**
 * The transcript's revision.
 */
transcript: string | null, end_ms: number | null, marks: Mark[], review: Review[], open_proposals: number, approval: ApprovalAnswer,
/**
 * The profiles that can be named.
 */
profiles: Array<string>,
/**
 * As what it can be sent.
 */
formats: ExportFormat[], };

export type Meeting = {
/**
 * Changes when anything of it does, but for what has events of its own.
 */
revision: string, documents: DocumentRevisions, job: Job | null, recording: RecorderState | null, id: string, name: string | null, language: string, header: Header, agenda: AgendaItem[], notes: Array<string>, recordings: Array<Recording>, has: Has, sections: Array<Section>, turns: Array<Turn>,
/**
 * Null where nothing tells voices apart.
 */
voices: Voices | null, flagged: Flagged[], removed: Removed[],
/**
 * The transcript's revision.
 */
transcript: string | null, end_ms: number | null, marks: Mark[], review: Review[], open_proposals: number, approval: ApprovalAnswer,
/**
 * The profiles that can be named.
 */
profiles: Array<string>,
/**
 * As what it can be sent.
 */
formats: ExportFormat[], };

export type WordColumns = { start_ms: Array<number>, end_ms: Array<number>, text: Array<string>,
/**
 * In whole per cent.
 */
confidence: Array<number | null>,
/**
 * What was heard before a name was put right, by the word's place.
 */
heard: Record<string, string>, };

export type TranscriptColumns = { revision: string, language: string, count: number, id: number[], start_ms: Array<number>, end_ms: Array<number>, text: Array<string>, confidence: Array<number | null>, first_word: Array<number>, words: WordColumns, };

export type DocumentChanged = { part: Part, revision: string | null, };

export type RevisionChanged = { revision: string | null, };

export type AudioMade = { n: number, };

export type MeetingJob = { id: string, state: JobState,
/**
 * The model that was asked for; the best one when absent.
 */
model: string | null, error: JobFailure | null, messages: Array<string>,
/**
 * How many come before it.
 */
place: number, stage: Stage | null, recording: string | null, done_ms: number, total_ms: number | null, left_ms: number | null, };

export type DocumentAnswer = { part: Part, exists: boolean, revision: string | null, blocks: Block[], };

export type SavedAnswer = { revision: string,
/**
 * The name of what was sent, before anything was merged into it.
 */
yours: string, merged: boolean, conflicts: number,
/**
 * The merged text.
 */
blocks?: Block[], };

export type TextOutcome = "written" | "unchanged" | "merged";

export type NotRedrafted = "unchanged" | "busy" | "no_transcript";

export type RedraftOutcome = { redrafted: boolean,
/**
 * Why it was not.
 */
why?: NotRedrafted, text?: TextOutcome, remarks?: Remark[], };

export type TextsAnswer<T> = { open_proposals: number, documents: DocumentRevisions, } & T;

export type GenerationReason = string;

export type ChangedLines = { lost: number, gained: number,
/**
 * The headings that they stand under, in order.
 */
under: Array<string>, };

export type Generation = { id: number, at: string, reason: GenerationReason, parts: Array<Part>,
/**
 * Length of the open text.
 */
bytes: number,
/**
 * Revision of the open text.
 */
revision: string | null,
/**
 * What the open text lost or gained when it was replaced.
 */
changed: ChangedLines, };

export type GenerationList = { generations: Array<Generation>, };

export type ExportRequest = {
/**
 * The ending of one of the meeting's formats; DOCX without.
 */
format?: string, profile?: string, draft: boolean, closed: boolean, };

export type Restored = { restored: number, };

export type Peaks = { step_ms: number, duration_ms: number,
/**
 * Highest level of each step, 0 to 255, linear.
 */
peaks: Array<number>, };

export type Making = { state: string, done: number, };

export type ApprovedAnswer = { sha256: string, };

export type PurgedFile = { path: string, what: string, };

export type PurgePlan = { delete: Array<PurgedFile>, change: Array<PurgedFile>, silence: Array<string>, untouched: Array<string>, };

export type Deleted = {
/**
 * Relative to the meeting's folder.
 */
path: string,
/**
 * What it was.
 */
what: string,
/**
 * Its length in bytes.
 */
bytes: number,
/**
 * SHA-256 of its bytes.
 */
sha256: string, };

export type Changed = {
/**
 * Relative to the meeting's folder.
 */
path: string,
/**
 * What it lost.
 */
what: string,
/**
 * SHA-256 of its bytes before.
 */
sha256_before: string,
/**
 * SHA-256 of its bytes after.
 */
sha256_after: string, };

export type Receipt = {
/**
 * Version of the file's form; 1.
 */
version: number,
/**
 * The program and its version.
 */
tool: string,
/**
 * When, by the wall clock (RFC 3339).
 */
at: string,
/**
 * By whom, where that was said.
 */
by: string | null,
/**
 * What was to go: `audio`, `transcript`, `voices`, `item 4`.
 */
scope: Array<string>,
/**
 * When the referat was approved (RFC 3339); absent when it was not.
 */
approved: string | null,
/**
 * What deleting means here.
 */
meaning: string,
/**
 * Whether everything below was done and checked; false when the purge was cut short.
 */
done: boolean,
/**
 * The files that are gone.
 */
deleted: Array<Deleted>,
/**
 * The files that lost a part.
 */
changed: Array<Changed>,
/**
 * What was not touched and may hold the same: other names of a file, originals elsewhere.
 */
untouched: Array<string>,
/**
 * SHA-256 of this receipt with an empty seal.
 */
seal: string, };

export type PurgeReceipt = { receipt: Receipt | null,
/**
 * Where the receipt stands.
 */
path: string | null, };
