/** temporary */
export type Span = { start_ms: number; end_ms: number };
export type Remark = { line?: number; text: string };
export type Participant = {
  name: string;
  title: string | null;
  role: string | null;
  party?: string | null;
  initials?: string | null;
};
export type Header = {
  title: string | null;
  date: string | null;
  start: string | null;
  end: string | null;
  place: string | null;
  present: Array<Participant>;
  remote: Array<Participant>;
  absent: Array<Participant>;
  referent: string | null;
  chair: string | null;
};
export type SubItem = { title: string; presenter: string | null; presenter_printed: string | null };
export type AgendaItem = {
  number: string;
  title: string;
  presenter: string | null;
  presenter_printed: string | null;
  closed: boolean;
  sub: Array<SubItem>;
  kind?: string | null;
  owner?: string | null;
  minutes?: number | null;
  notes?: Array<string>;
};
export type ReasonKind = "mark" | "cue" | "title" | "order";
export type Reason = { kind: ReasonKind; quote: string; score: number };
export type BasisKind = "mark" | "chair" | "self" | "presenter" | "reply" | "voice" | "referent";
export type Basis = { kind: BasisKind; quote: string };
export type SectionSpan = { reason: Reason; confidence: number; start_ms: number; end_ms: number };
export type StatementKind = "opening" | "decision" | "action" | "vote" | "question";
export type MachineStatement = {
  id: string;
  kind: StatementKind;
  speaker: string | null;
  text: string;
  segments: Array<number>;
  confidence: number;
  responsible: string | null;
  deadline: string | null;
  start_ms: number;
  end_ms: number;
};
export type Removed = { text: string; reason: string; start_ms: number; end_ms: number };
export type Flagged = { reason: string; start_ms: number; end_ms: number };
export type HintKind =
  "chair" | "self" | "addressed" | "thanked" | "presenter" | "reply" | "title" | "referent";
export type VoiceHint = { kind: HintKind; quote: string; at_ms: number; for: boolean };
export type SpokenTurn = {
  segments: Array<number>;
  speaker: string | null;
  basis: Basis | null;
  confidence: number;
  start_ms: number;
  end_ms: number;
};
export type MarkKind =
  | { kind: "item"; item: string }
  | { kind: "decision" }
  | { kind: "action" }
  | { kind: "note"; text: string }
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "gap" }
  | { kind: "closed" };
export type Mark = { at_ms: number; at?: string | null } & MarkKind;
export type ReviewLine =
  | { kind: "boundary"; at_ms: number; item: string | null; moved_from_ms?: number | null }
  | {
      kind: "speaker";
      voice?: string | null;
      name: string | null;
      taken_back?: boolean;
      start_ms: number;
      end_ms: number;
    }
  | { kind: "voice"; voice: string; taken_back?: boolean; start_ms: number; end_ms: number }
  | { kind: "merge"; voice: string; into: string; taken_back?: boolean }
  | { kind: "split"; voice: string; at_ms: number; into: string; taken_back?: boolean }
  | { kind: "accept"; statement: string }
  | { kind: "reject"; statement: string }
  | { kind: "reopen"; statement: string }
  | { kind: "closed"; item: string; closed: boolean }
  | { kind: "approve"; sha256: string; by?: string | null };
export type Review = { at: string } & ReviewLine;
