/** A document goes from the server into the editor and back without a change. */
import { expect, test } from "@playwright/test";
import fc from "fast-check";
import { EditorState } from "prosemirror-state";
import { become } from "../../../web/src/document/changes";
import { compare } from "../../../web/src/document/compare";
import { read } from "../../../web/src/document/read";
import { write } from "../../../web/src/document/write";
import { blocks, statement } from "./blocks";

test("what is read is written back as it was", () => {
  fc.assert(
    fc.property(blocks, (all) => {
      const doc = read(all);
      doc.check();
      expect(write(doc)).toEqual(all);
    }),
    { numRuns: 150 },
  );
});

test("a proposal goes back as it came", () => {
  const all = [
    statement("s-1", "min"),
    {
      proposal: {
        key: "s-1",
        rest: "00:00:01",
        source: "> ny",
        block: statement("s-1", "ny"),
      },
    },
  ];
  expect(write(read(all))).toEqual(all);
});

test("a document becomes any other", () => {
  fc.assert(
    fc.property(blocks, blocks, fc.boolean(), (one, other, shared) => {
      // Half of the time the two have most in common, as two states of one text do.
      const target = shared ? [...one.slice(0, -1), ...other.slice(0, 2), ...one.slice(-1)] : other;
      const transaction = become(EditorState.create({ doc: read(one) }).tr, read(target));
      transaction.doc.check();
      expect(write(transaction.doc)).toEqual(target);
    }),
    { numRuns: 150 },
  );
});

test("only what differs is touched", () => {
  const all = [statement("s-1", "et"), statement("s-2", "to"), statement("s-3", "tre")];
  const now = [statement("s-1", "et"), statement("s-2", "toogtyve"), statement("s-3", "tre")];
  const transaction = become(EditorState.create({ doc: read(all) }).tr, read(now));
  const touched: [number, number][] = [];
  transaction.mapping.maps[0]?.forEach((from, to) => touched.push([from, to]));
  expect(transaction.mapping.maps).toHaveLength(1);
  const first = read(all).firstChild?.nodeSize ?? 0;
  expect(touched[0]?.[0]).toBeGreaterThan(first);
  expect(write(transaction.doc)).toEqual(now);
});

test("two versions are compared line by line", () => {
  const before = [statement("s-1", "et"), statement("s-2", "to")];
  const after = [statement("s-1", "et"), statement("s-3", "tre")];
  expect(compare(before, after)).toEqual([
    { kind: "same", text: "• et" },
    { kind: "removed", text: "• to" },
    { kind: "added", text: "• tre" },
  ]);
});
