/** The parts that lists and tables rest on. */
import { expect, test } from "@playwright/test";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { boundaries, boundaryAt, room } from "../../../web/src/meeting/boundaries";
import type { Voice } from "../../../web/src/api/wire";
import { naming, samples } from "../../../web/src/meeting/speakers";
import { allSuggested, nextOpen, takenBack } from "../../../web/src/meeting/voices";
import { UndoStack } from "../../../web/src/meeting/undo";
import { clock, fullClock, shortened } from "../../../web/src/time";
import { Heights } from "../../../web/src/transcript/heights";
import { lastNotAfter, Transcript } from "../../../web/src/transcript/transcript";

test("Danish and English have the same words to fill in the same things", () => {
  const table = (name: string) =>
    JSON.parse(
      readFileSync(new URL(`../../../web/src/words/${name}.json`, import.meta.url), "utf8"),
    ) as Record<string, string>;
  const [da, en] = [table("da"), table("en")];
  expect(Object.keys(en)).toEqual(Object.keys(da));
  const holes = (words: string) => [...words.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
  for (const [key, words] of Object.entries(da)) {
    expect(words.trim(), key).not.toBe("");
    expect(holes(en[key] ?? ""), key).toEqual(holes(words));
  }
});

test("the row at a height is the one whose sum of heights reaches it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 90 }), {
        minLength: 1,
        maxLength: 60,
      }),
      fc.array(fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 90 })), {
        maxLength: 20,
      }),
      fc.nat(6000),
      (rows, changes, height) => {
        const heights = new Heights(rows.length, (row) => rows[row] ?? 0);
        for (const [row, now] of changes) {
          if (row >= rows.length) {
            expect(heights.set(row, now)).toBe(0);
            continue;
          }
          expect(heights.set(row, now)).toBe(now - (rows[row] ?? 0));
          rows[row] = now;
        }
        expect(heights.total).toBe(rows.reduce((sum, row) => sum + row, 0));
        const at = heights.at(height);
        if (height < heights.total) {
          expect(heights.top(at)).toBeLessThanOrEqual(height);
          expect(heights.top(at + 1)).toBeGreaterThan(height);
        } else expect(at).toBe(rows.length - 1);
      },
    ),
  );
});

test("what is being said is the last that has begun", () => {
  const starts = [10, 20, 20, 35];
  expect([5, 10, 19, 20, 34, 35, 99].map((ms) => lastNotAfter(starts, 4, ms))).toEqual([
    -1, 0, 0, 2, 2, 3, 3,
  ]);
});

test("a segment without timed words is one word", () => {
  const transcript = new Transcript({
    revision: "1",
    language: "da",
    count: 2,
    id: [4, 9],
    start_ms: [0, 1000],
    end_ms: [900, 2000],
    text: ["Ja.", "Nej tak."],
    confidence: [null, null],
    first_word: [0, 1],
    words: {
      start_ms: [0],
      end_ms: [900],
      text: ["Ja."],
      confidence: [40],
      heard: {},
    },
  });
  expect(transcript.words(0)).toMatchObject([{ text: "Ja.", doubtful: true }]);
  expect(transcript.words(1)).toMatchObject([{ text: "Nej tak.", start_ms: 1000 }]);
  expect(transcript.span([9, 4])).toEqual({ start_ms: 0, end_ms: 2000 });
});

test("times are shown with hours only where there are some", () => {
  expect([clock(0), clock(61_999), clock(3_600_000)]).toEqual(["0:00", "1:01", "1:00:00"]);
  expect(fullClock(3_723_000)).toBe("01:02:03");
});

const reason = { kind: "cue" as const, quote: "punkt to", score: 1 };
const sections = [
  {
    item: "2",
    spans: [{ start_ms: 500, end_ms: 900, reason, confidence: 1 }],
    statements: [],
  },
  {
    item: "1",
    spans: [{ start_ms: 100, end_ms: 500, reason, confidence: 1 }],
    statements: [],
  },
];

test("a boundary cannot be moved past its neighbours", () => {
  const all = boundaries(sections, []);
  expect(all.map(({ item }) => item)).toEqual(["1", "2"]);
  expect(boundaryAt(all, 499)).toBe(0);
  expect(room(all, 0, 1000)).toEqual([0, 499]);
  expect(room(all, 1, 1000)).toEqual([101, 999]);
});

const turn = (start_ms: number, speaker: string | null, voice: string | null = null) => ({
  segments: [],
  start_ms,
  end_ms: start_ms + 10_000,
  speaker,
  basis: null,
  confidence: 1,
  voice,
});

test("a name can be given to one turn, to a voice, or to all turns under another name", () => {
  const turns = [turn(0, "A"), turn(20_000, "B"), turn(40_000, "A")];
  const [first] = turns;
  if (!first) throw new Error("no turn");
  expect(naming(turns, null, first, "C", "here")).toHaveLength(1);
  const everywhere = naming(turns, null, first, "C", "everywhere");
  expect(everywhere.map((line) => "start_ms" in line && line.start_ms)).toEqual([0, 40_000]);
  expect(takenBack(everywhere)).toMatchObject([
    { start_ms: 40_000, name: "C", taken_back: true },
    { start_ms: 0, name: "C", taken_back: true },
  ]);
  const voiced = [turn(0, null, "V1"), turn(20_000, null, "V1"), turn(40_000, null, "V2")];
  const voices = { list: [voice("V1", null), voice("V2", "C")], free: "V3" };
  const named = (name: string | null, reach: "here" | "everywhere" | "from-here") =>
    naming(voiced, voices, turn(20_000, null, "V1"), name, reach);
  expect(named("C", "everywhere")).toMatchObject([{ kind: "speaker", voice: "V1", name: "C" }]);
  // Another voice speaks there: the one that has the name, or a new one.
  expect(named("C", "here")).toMatchObject([{ kind: "voice", start_ms: 20_000, voice: "V2" }]);
  expect(named("D", "from-here")).toMatchObject([
    { kind: "split", voice: "V1", at_ms: 20_000, into: "V3" },
    { kind: "speaker", voice: "V3", name: "D" },
  ]);
  expect(named(null, "here")).toEqual([
    { kind: "speaker", start_ms: 20_000, end_ms: 30_000, name: null },
  ]);
  expect(samples(voiced, turn(0, null, "V1"))).toEqual([
    { start_ms: 0, end_ms: 8000 },
    { start_ms: 20_000, end_ms: 28_000 },
  ]);
});

test("what was written and what was decided is undone in the order it was done", async () => {
  const done: string[] = [];
  const stack = new UndoStack();
  stack.attach({
    undo: () => done.push("text back"),
    redo: () => done.push("text again"),
  });
  stack.push("text");
  stack.push({
    undo: () => Promise.resolve(done.push("act back") > 0),
    redo: () => Promise.resolve(done.push("act again") > 0),
  });
  await stack.undo();
  await stack.undo();
  await stack.undo();
  await stack.redo();
  expect(done).toEqual(["act back", "text back", "text again"]);
  expect([stack.canUndo.value, stack.canRedo.value]).toEqual([true, true]);
});

function voice(id: string, speaker: string | null, settled = false): Voice {
  return {
    voice: id,
    total_ms: 1000,
    share: 0.1,
    samples: [{ start_ms: 0, end_ms: 1000 }],
    speaker,
    settled,
    suggested: speaker,
    confidence: 0.5,
    reasons: [],
  };
}

test("what is suggested is taken of the voices that nobody has settled", () => {
  const voices = [voice("v1", "A", true), voice("v2", "B"), voice("v3", null)];
  expect(allSuggested(voices)).toMatchObject([{ kind: "speaker", voice: "v2", name: "B" }]);
  const settled = (one: Voice) => one.settled;
  expect(nextOpen(voices, "v2", settled)?.voice).toBe("v3");
  expect(nextOpen(voices, "v3", settled)?.voice).toBe("v2");
  expect(nextOpen([voice("v1", "A", true)], "v1", settled)).toBeUndefined();
});

test("what was not undone may be undone again", async () => {
  const stack = new UndoStack();
  let away = true;
  stack.push({ undo: () => Promise.resolve(!away), redo: () => Promise.resolve(true) });
  await stack.undo();
  expect([stack.canUndo.value, stack.canRedo.value]).toEqual([true, false]);
  away = false;
  await stack.undo();
  expect([stack.canUndo.value, stack.canRedo.value]).toEqual([false, true]);
});

test("a time of the draft is shown without what says nothing", () => {
  expect(["00:00:47", "00:12:03", "01:02:03", ""].map(shortened)).toEqual([
    "0:47",
    "12:03",
    "1:02:03",
    "",
  ]);
});
