/** What the server answers. Times are whole milliseconds on the meeting's axis. */
import type {
  DocumentRevisions,
  ExportFormat,
  Has,
  Job,
  Recording,
  RedraftOutcome,
  Restored,
  TextsAnswer,
} from "./wire";

export type {
  AgendaReading,
  DocumentAnswer,
  Generation,
  Job,
  MeetingList,
  MeetingRow,
  MeetingState,
  Recording,
  SavedAnswer,
} from "./wire";

/** How the texts stand after a draft was made again or an earlier one was brought back. */
export type Redrafted = TextsAnswer<RedraftOutcome>;
export type Brought = TextsAnswer<Restored>;

export interface Remark {
  line?: number;
  text: string;
}

export interface Session {
  in: boolean;
  login: boolean;
  version: string;
  library: string;
  pdf: boolean;
}

export interface Participant {
  name: string;
  title: string | null;
  role: string | null;
}

export interface Header {
  title: string | null;
  date: string | null;
  start: string | null;
  end: string | null;
  place: string | null;
  present: Participant[];
  remote: Participant[];
  absent: Participant[];
  referent: string | null;
  chair: string | null;
}

export interface AgendaItem {
  number: string;
  title: string;
  presenter: string | null;
  presenter_printed: string | null;
  closed: boolean;
  sub: { title: string; presenter: string | null; presenter_printed: string | null }[];
}

export interface Span {
  start_ms: number;
  end_ms: number;
}

export interface SectionSpan extends Span {
  reason: { kind: "mark" | "cue" | "title" | "order"; quote: string; score: number };
  confidence: number;
}

export interface StatementFact extends Span {
  id: string;
  kind: string;
  speaker: string | null;
  text: string;
  segments: number[];
  confidence: number;
  responsible: string | null;
  deadline: string | null;
  reviewed: "accepted" | "rejected" | null;
}

export interface Section {
  item: string | null;
  spans: SectionSpan[];
  heard?: number | null;
  statements: StatementFact[];
}

export interface Turn extends Span {
  segments: number[];
  speaker: string | null;
  basis: { kind: string; quote: string } | null;
  confidence: number;
  voice: string | null;
}

export interface RecorderState {
  phase: "waiting" | "recording" | "paused" | "closed" | "device_gone" | "disk_full";
  position_ms: number;
  recorded_ms: number;
  peak_dbfs: number | null;
  clipping: boolean;
  silent_ms: number;
  left_ms: number | null;
  device: string;
  item: string | null;
}

export type Mark =
  | { kind: "item"; item: string }
  | { kind: "decision" | "action" | "pause" | "resume" | "closed" }
  | { kind: "note"; text: string };

export interface Meeting {
  id: string;
  revision: string;
  language: string;
  header: Header;
  agenda: AgendaItem[];
  recordings: Recording[];
  has: Has;
  sections: Section[];
  turns: Turn[];
  flagged: (Span & { reason: string })[];
  documents: DocumentRevisions;
  open_proposals: number;
  approval: { state: "none" | "changed" | "approved"; at: string | null };
  job: Job | null;
  recording: RecorderState | null;
  profiles: string[];
  formats: ExportFormat[];
  notes: string[];
}

/** The transcript in columns; the words of segment `i` begin at `first_word[i]`. */
export interface TranscriptColumns {
  revision: string;
  language: string;
  count: number;
  id: number[];
  start_ms: number[];
  end_ms: number[];
  text: string[];
  confidence: (number | null)[];
  first_word: number[];
  words: {
    start_ms: number[];
    end_ms: number[];
    text: string[];
    /** In whole per cent. */
    confidence: (number | null)[];
    heard: Record<string, string>;
  };
}

export type Part = "open" | "closed";

export type ReviewLine =
  | { kind: "boundary"; at_ms: number; item: string | null; moved_from_ms?: number }
  | { kind: "speaker"; start_ms: number; end_ms: number; name: string | null; voice?: string }
  | { kind: "accept" | "reject" | "reopen"; statement: string }
  | { kind: "closed"; item: string; closed: boolean };

export interface ExportRequest {
  /** The ending of one of the meeting's formats. */
  format: string;
  profile?: string;
  draft: boolean;
  closed: boolean;
}

export interface PurgePlan {
  delete: { path: string; what: string }[];
  change: { path: string; what: string }[];
  silence: string[];
  untouched: string[];
}

export interface PurgeReceipt {
  receipt: Record<string, unknown>;
  path: string;
}

export interface Device {
  id: string;
  name: string;
  default: boolean;
}

export interface Making {
  state: "making";
  done: number;
}

export interface Peaks {
  step_ms: number;
  duration_ms: number;
  /** Highest level of each step, 0 to 255, linear. */
  peaks: number[];
}
