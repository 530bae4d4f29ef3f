/**
 * What a meeting is. Times are whole milliseconds on the meeting's axis. Written from the core's
 * structs by a test: `UPDATE=1 cargo test -p referat-core typescript`.
 */

export type Timestamp = number;

export type ClockTime = string;

export type StatementId = string;

export type SegmentId = number;

export type VoiceId = string;

export type Span = { start_ms: Timestamp, end_ms: Timestamp, };

export type About = "date" | "time" | "people" | "chair" | "referent" | "agenda" | { "item": string };

export type Remark = {
/**
 * Line of the input, counted from 1; absent when the remark concerns the whole.
 */
line?: number | null,
/**
 * What was found, in English, without a final period.
 */
text: string,
/**
 * The same for a reader of another language, by the languages' codes.
 */
texts?: { [key in string]: string },
/**
 * What stands on the line.
 */
source?: string,
/**
 * What was read of it.
 */
about?: About, };

export type Participant = {
/**
 * Full name without title.
 */
name: string,
/**
 * Title as printed before (or after) the name, as in `Politidirektør`.
 */
title: string | null,
/**
 * Part in the meeting as printed after the name, as in `referent`.
 */
role: string | null,
/**
 * Party as printed: `V`.
 */
party?: string | null,
/**
 * Initials as printed: `KMJ`.
 */
initials?: string | null, };

export type Header = {
/**
 * The meeting's name, as in `Kredsrådsmødet i Sønderfjord Politi`.
 */
title: string | null,
/**
 * The day of the meeting (ISO 8601 in JSON).
 */
date: string | null,
/**
 * When it starts.
 */
start: ClockTime | null,
/**
 * When it ends.
 */
end: ClockTime | null,
/**
 * Where it is held.
 */
place: string | null,
/**
 * Those present in the room.
 */
present: Array<Participant>,
/**
 * Those taking part from elsewhere.
 */
remote: Array<Participant>,
/**
 * Those who sent apologies.
 */
absent: Array<Participant>,
/**
 * Name of the minute taker.
 */
referent: string | null,
/**
 * Name of the chair.
 */
chair: string | null, };

export type SubItem = {
/**
 * The title without presenter.
 */
title: string,
/**
 * Full name of the participant who presents it.
 */
presenter: string | null,
/**
 * The presenter as printed, mark included.
 */
presenter_printed: string | null, };

export type AgendaItem = {
/**
 * The number as printed, without its full stop; `1.a` and `89` occur.
 */
number: string,
/**
 * The title without number and presenter.
 */
title: string,
/**
 * Full name of the participant who presents it, or the name as printed when nobody fits.
 */
presenter: string | null,
/**
 * The presenter as printed, mark included: `/v. pd Kim Christiansen`.
 */
presenter_printed: string | null,
/**
 * Whether the item is dealt with behind closed doors.
 */
closed: boolean,
/**
 * The parts named under the item.
 */
sub: Array<SubItem>,
/**
 * What is asked of the meeting, as printed: `O`, `B`, `Drøftelse`.
 */
kind?: string | null,
/**
 * Who answers for the item, as printed.
 */
owner?: string | null,
/**
 * How many minutes are set aside.
 */
minutes?: number | null,
/**
 * What else is printed with the item, such as its papers.
 */
notes?: Array<string>, };

export type ReasonKind = "mark" | "cue" | "title" | "order";

export type Reason = {
/**
 * Kind of evidence.
 */
kind: ReasonKind,
/**
 * The words that tell it; empty when there are none.
 */
quote: string,
/**
 * Strength of the evidence, 0 to 1.
 */
score: number, };

export type BasisKind = "mark" | "chair" | "self" | "presenter" | "reply" | "voice" | "referent";

export type Basis = {
/**
 * Kind of evidence.
 */
kind: BasisKind,
/**
 * The words that tell it; empty when there are none.
 */
quote: string, };

export type SectionSpan = {
/**
 * Why it begins there.
 */
reason: Reason,
/**
 * How sure the item is, 0 to 1.
 */
confidence: number, start_ms: Timestamp, end_ms: Timestamp, };

export type StatementKind = "opening" | "welcome" | "information" | "answer" | "question" | "proposal" | "concern" | "thanks" | "support" | "objection" | "remark" | "decision" | "vote" | "action" | "closing" | "procedural";

export type Material = {
/**
 * When it was said.
 */
at_ms: Timestamp,
/**
 * The sentence; doubtful words carry a `[?]`.
 */
text: string, };

export type MachineStatement = {
/**
 * Stable name.
 */
id: StatementId,
/**
 * The kind of act it reports.
 */
kind: StatementKind,
/**
 * Full name of the participant, null when unknown or when the body acts.
 */
speaker: string | null,
/**
 * The line as it stands in the referat.
 */
text: string,
/**
 * The line that the rules wrote, where a language model worded `text`.
 */
own_text?: string | null,
/**
 * The segments it rests on; never empty.
 */
segments: Array<SegmentId>,
/**
 * How sure the recogniser and the attribution are, 0 to 1.
 */
confidence: number,
/**
 * Who is to do it (actions).
 */
responsible: string | null,
/**
 * By when, as said (actions); in drafts before 2026-11-28 an ISO date where it was counted.
 */
deadline: string | null,
/**
 * The sub-item of the agenda that it stands under, counted from 0.
 */
sub?: number | null,
/**
 * The speaker's own sentences beneath the line, the most telling first.
 */
material?: Array<Material>, start_ms: Timestamp, end_ms: Timestamp, };

export type RemovalReason = string;

export type FlagReason = string;

export type Removed = {
/**
 * What the recogniser had written.
 */
text: string,
/**
 * Why it went: `silence-phrase`, `repetition`, …
 */
reason: RemovalReason, start_ms: Timestamp, end_ms: Timestamp, };

export type Flagged = {
/**
 * What is wrong: `loop`, `too-few-words`, `lost: …`, …
 */
reason: FlagReason, start_ms: Timestamp, end_ms: Timestamp, };

export type VoiceSummary = {
/**
 * Its label.
 */
id: VoiceId,
/**
 * How long it speaks in all, in milliseconds.
 */
total_ms: number,
/**
 * Stretches to know it by, the best first, at most three.
 */
samples: Array<Span>, };

export type HintKind = "chair" | "self" | "addressed" | "thanked" | "presenter" | "reply" | "title" | "referent";

export type VoiceHint = {
/**
 * What kind of hint.
 */
kind: HintKind,
/**
 * The words that tell it; empty when there are none.
 */
quote: string,
/**
 * When they were said.
 */
at_ms: Timestamp,
/**
 * Whether it speaks for the name, or against it.
 */
for: boolean, };

export type SpokenTurn = {
/**
 * Its segments, in order.
 */
segments: Array<SegmentId>,
/**
 * Full name of the participant; null where nothing tells clearly enough.
 */
speaker: string | null,
/**
 * On what grounds; null when the speaker is.
 */
basis: Basis | null,
/**
 * How sure, 0 to 1; 0 when nobody is named.
 */
confidence: number, start_ms: Timestamp, end_ms: Timestamp, };

export type MarkKind = { "kind": "item",
/**
 * The item's number as printed.
 */
item: string, } | { "kind": "decision" } | { "kind": "action" } | { "kind": "note",
/**
 * What she wrote.
 */
text: string, } | { "kind": "pause" } | { "kind": "resume" } | { "kind": "gap" } | { "kind": "closed" };

export type Mark = {
/**
 * When, in audio time.
 */
at_ms: Timestamp,
/**
 * When, by the wall clock (RFC 3339); absent in marks made afterwards.
 */
at?: string | null, } & ({ "kind": "item",
/**
 * The item's number as printed.
 */
item: string, } | { "kind": "decision" } | { "kind": "action" } | { "kind": "note",
/**
 * What she wrote.
 */
text: string, } | { "kind": "pause" } | { "kind": "resume" } | { "kind": "gap" } | { "kind": "closed" });

export type ReviewLine = { "kind": "boundary",
/**
 * Where it begins, in audio time.
 */
at_ms: Timestamp,
/**
 * The item's number as printed; null before the first item.
 */
item: string | null,
/**
 * The boundary this one replaces, where one was moved rather than made.
 */
moved_from_ms?: Timestamp | null, } | { "kind": "speaker",
/**
 * The voice meant, everywhere it is heard; absent when only the stretch is meant.
 */
voice?: VoiceId | null,
/**
 * Full name, also of somebody who is not among the participants; null when nobody can
 * tell.
 */
name: string | null,
/**
 * Whether she takes the same line back: the machine is to say again.
 */
taken_back?: boolean, start_ms: Timestamp, end_ms: Timestamp, } | { "kind": "voice",
/**
 * Whose it is.
 */
voice: VoiceId,
/**
 * Whether she takes the same line back.
 */
taken_back?: boolean, start_ms: Timestamp, end_ms: Timestamp, } | { "kind": "merge",
/**
 * The voice that there is no longer.
 */
voice: VoiceId,
/**
 * The one that it is.
 */
into: VoiceId,
/**
 * Whether she takes the same line back.
 */
taken_back?: boolean, } | { "kind": "split",
/**
 * The voice.
 */
voice: VoiceId,
/**
 * Where the other begins, in audio time.
 */
at_ms: Timestamp,
/**
 * The other.
 */
into: VoiceId,
/**
 * Whether she takes the same line back.
 */
taken_back?: boolean, } | { "kind": "accept",
/**
 * Which statement.
 */
statement: StatementId, } | { "kind": "reject",
/**
 * Which statement.
 */
statement: StatementId, } | { "kind": "reopen",
/**
 * Which statement.
 */
statement: StatementId, } | { "kind": "closed",
/**
 * The item's number as printed.
 */
item: string,
/**
 * Whether it is closed.
 */
closed: boolean, } | { "kind": "approve",
/**
 * SHA-256 of the `referat.md` that was approved.
 */
sha256: string,
/**
 * Who approved it, where that was said.
 */
by?: string | null,
/**
 * Whether she takes the same line back: it is not approved after all.
 */
taken_back?: boolean, };

export type Review = {
/**
 * When, by the wall clock (RFC 3339).
 */
at: string, } & ({ "kind": "boundary",
/**
 * Where it begins, in audio time.
 */
at_ms: Timestamp,
/**
 * The item's number as printed; null before the first item.
 */
item: string | null,
/**
 * The boundary this one replaces, where one was moved rather than made.
 */
moved_from_ms?: Timestamp | null, } | { "kind": "speaker",
/**
 * The voice meant, everywhere it is heard; absent when only the stretch is meant.
 */
voice?: VoiceId | null,
/**
 * Full name, also of somebody who is not among the participants; null when nobody can
 * tell.
 */
name: string | null,
/**
 * Whether she takes the same line back: the machine is to say again.
 */
taken_back?: boolean, start_ms: Timestamp, end_ms: Timestamp, } | { "kind": "voice",
/**
 * Whose it is.
 */
voice: VoiceId,
/**
 * Whether she takes the same line back.
 */
taken_back?: boolean, start_ms: Timestamp, end_ms: Timestamp, } | { "kind": "merge",
/**
 * The voice that there is no longer.
 */
voice: VoiceId,
/**
 * The one that it is.
 */
into: VoiceId,
/**
 * Whether she takes the same line back.
 */
taken_back?: boolean, } | { "kind": "split",
/**
 * The voice.
 */
voice: VoiceId,
/**
 * Where the other begins, in audio time.
 */
at_ms: Timestamp,
/**
 * The other.
 */
into: VoiceId,
/**
 * Whether she takes the same line back.
 */
taken_back?: boolean, } | { "kind": "accept",
/**
 * Which statement.
 */
statement: StatementId, } | { "kind": "reject",
/**
 * Which statement.
 */
statement: StatementId, } | { "kind": "reopen",
/**
 * Which statement.
 */
statement: StatementId, } | { "kind": "closed",
/**
 * The item's number as printed.
 */
item: string,
/**
 * Whether it is closed.
 */
closed: boolean, } | { "kind": "approve",
/**
 * SHA-256 of the `referat.md` that was approved.
 */
sha256: string,
/**
 * Who approved it, where that was said.
 */
by?: string | null,
/**
 * Whether she takes the same line back: it is not approved after all.
 */
taken_back?: boolean, });
