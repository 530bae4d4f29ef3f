/** What the server answers, written from its structs by a test: `UPDATE=1 cargo test --lib wire`. */
import type { Block } from "../document/block";
import type { AgendaItem, Header, Part, Remark } from "./types";

export type JobState = "queued" | "running" | "paused" | "failed" | "done" | "cancelled";

export type JobFailure = { message: string, tip: string | null, };

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

export type DocumentRevisions = { open: string | null, closed: string | null, };

export type ExportFormat = { ending: string, name: { da: string, en: string }, };

export type Plays = "original" | "copy";

export type Recording = { n: number, name: string, path: string, bytes: number, offset_ms: number | null, duration_ms: number | null, plays: Plays, url: string, copy_url: string, peaks_url: string, };

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

export type Generation = { id: number, at: string, reason: string, parts: Part[],
/**
 * Length of the open text.
 */
bytes: number,
/**
 * Revision of the open text.
 */
revision: string | null, };

export type GenerationList = { generations: Array<Generation>, };

export type Restored = { restored: number, };
