/** What the keys do to statements: an id stands once, and stays with its words. */
import { expect, test } from "@playwright/test";
import { EditorState, TextSelection, type Command } from "prosemirror-state";
import type { Block } from "../../../web/src/document/block";
import { read } from "../../../web/src/document/read";
import { write } from "../../../web/src/document/write";
import { keys } from "../../../web/src/editor/commands";
import { find, replaceAll } from "../../../web/src/editor/find";
import { repeated, uniqueIds } from "../../../web/src/editor/ids";
import { after, uncertain } from "../../../web/src/editor/places";
import { corrected } from "../../../web/src/editor/correction";
import { statement } from "./blocks";

/** The blocks after a key, with the cursor `offset` letters into the `index`th line. */
function press(key: string, blocks: Block[], index: number, offset: number): Block[] {
  let state = EditorState.create({ doc: read(blocks), plugins: [uniqueIds] });
  const lines: number[] = [];
  state.doc.descendants((node, place) => {
    if (node.isTextblock) lines.push(place + 1);
  });
  const place = (lines[index] ?? 0) + offset;
  state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, place)));
  const command = keys[key] as Command;
  command(state, (transaction) => (state = state.apply(transaction)));
  state.doc.check();
  return write(state.doc);
}

const said = { said: { at: "00:00:01", text: [{ text: "sagt" }] } };
const full: Block = {
  statement: {
    id: "s-1",
    at: "00:00:01",
    text: [{ text: "Kim talte." }],
    beneath: [said],
  },
};

test("a statement that is split keeps its id and its sound with the first part", () => {
  const [first, second] = press("Enter", [full], 0, 3);
  expect(first).toEqual({
    statement: {
      id: "s-1",
      at: "00:00:01",
      text: [{ text: "Kim" }],
      beneath: [said],
    },
  });
  expect(second).toEqual(statement(null, " talte."));
});

test("Enter before a statement makes room above it", () => {
  expect(press("Enter", [full], 0, 0)).toEqual([statement(null, ""), full]);
});

test("joined statements keep the first one's id, and all that stood beneath", () => {
  const joined = press("Backspace", [statement("s-0", "A"), full], 1, 0);
  expect(joined).toEqual([
    {
      statement: {
        id: "s-0",
        at: "00:00:01",
        text: [{ text: "AKim talte." }],
        beneath: [said],
      },
    },
  ]);
});

test("a statement joined to an empty line keeps its own id", () => {
  expect(press("Backspace", [statement(null, ""), full], 1, 0)).toEqual([full]);
});

test("Enter in an empty bullet ends the list", () => {
  const ended = press("Enter", [full, statement(null, "")], 2, 0);
  expect(ended).toEqual([full, { paragraph: [] }]);
});

test("Enter in an entry of the agenda gives the next number", () => {
  const list: Block = {
    numbered: [{ number: "4", lines: [[{ text: "AB" }]] }],
  };
  expect(press("Enter", [list], 0, 1)).toEqual([
    {
      numbered: [
        { number: "4", lines: [[{ text: "A" }]] },
        { number: "5", lines: [[{ text: "B" }]] },
      ],
    },
  ]);
});

test("a copied statement is a line of the referent's own", () => {
  let state = EditorState.create({ doc: read([full]), plugins: [uniqueIds] });
  state = state.apply(state.tr.insert(state.doc.content.size, state.doc.content));
  expect(repeated(state.doc)).toEqual([]);
  expect(write(state.doc).map((block) => (block as typeof full & object).statement?.id)).toEqual([
    "s-1",
    null,
  ]);
});

test("words are found within a block and replaced in one step", () => {
  const state = EditorState.create({
    doc: read([statement("s-1", "Kim og kim og Kimmer"), statement("s-2", "Kim")]),
  });
  const query = { text: "kim", words: true, exact: false };
  const hits = find(state.doc, query);
  expect(hits).toHaveLength(3);
  const replaced = write(replaceAll(state.tr, hits, "Bo").doc);
  expect(replaced).toEqual([statement("s-1", "Bo og Bo og Kimmer"), statement("s-2", "Bo")]);
});

test("the next uncertain place comes after the cursor, and the first after the last", () => {
  const doc = read([statement("s-1", "Klart."), statement("s-2", "Uklart [?] her.")]);
  const places = uncertain(doc, new Map());
  expect(places).toHaveLength(1);
  expect(doc.textBetween(places[0]?.from ?? 0, places[0]?.to ?? 0)).toBe("[?]");
  expect(after(places, doc.content.size)).toEqual(places[0]);
});

test("a corrected name is noticed, other changes are not", () => {
  expect(corrected("Torben Vejskor talte.", "Torben Hvidt talte.")).toEqual({
    from: "Vejskor",
    to: "Hvidt",
  });
  expect(corrected("Måens Ula, af", "Mogens Juhler, af")).toEqual({
    from: "Måens Ula",
    to: "Mogens Juhler",
  });
  expect(corrected("Kim talte.", "Kim talte længe.")).toBeNull();
  expect(corrected("Kim sagde nej.", "Kim sagde ja.")).toBeNull();
  expect(corrected("Kim talte.", "Kim talte.")).toBeNull();
});
