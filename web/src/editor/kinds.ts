/** What a line of the draft is: text, heading, bullet or numbered; and making it another. */
import { Fragment, type Node } from "prosemirror-model";
import { TextSelection, type Command, type EditorState } from "prosemirror-state";
import { schema } from "../document/schema";

const node = schema.nodes;

export type LineKind = "paragraph" | "heading" | "subheading" | "bullet" | "number";

/** The levels of an item's heading and of one beneath it, as the layouts have them; the title is 1. */
const LEVELS = { heading: 2, subheading: 3 } as const;

/** Blocks of the document that a selection touches. */
export interface Touched {
  from: number;
  to: number;
  blocks: Node[];
}

/** Returns the blocks that the selection touches, with the proposals that belong to the last. */
export function touched(state: EditorState): Touched {
  const { $from, $to } = state.selection;
  const { doc } = state;
  const from = $from.depth > 0 ? $from.before(1) : $from.pos;
  let to = $to.depth > 0 ? $to.after(1) : $to.pos;
  const last = doc.resolve(to).nodeAfter;
  if (from === to && last) to += last.nodeSize;
  while (doc.resolve(to).nodeAfter?.type === node.proposal) {
    to += doc.resolve(to).nodeAfter?.nodeSize ?? 0;
  }
  const blocks: Node[] = [];
  doc.nodesBetween(from, to, (block, _at, parent) => {
    if (parent === doc) blocks.push(block);
    return false;
  });
  return { from, to, blocks };
}

/** Returns what the line at the cursor is; null where it is none of these. */
export function kindAt(state: EditorState): LineKind | null {
  const [first] = touched(state).blocks;
  return first ? kindOf(first) : null;
}

function kindOf(block: Node): LineKind | null {
  if (block.type === node.paragraph) return "paragraph";
  if (block.type === node.statement) return "bullet";
  if (block.type === node.numbered) return "number";
  if (block.type !== node.heading) return null;
  return (block.attrs as { level: number }).level > LEVELS.heading ? "subheading" : "heading";
}

/** Makes the lines that are touched of a kind; those that are of it already become text again. */
export function become(kind: LineKind): Command {
  return (state, dispatch) => {
    const { from, to, blocks } = touched(state);
    const those = blocks.filter(({ type }) => type !== node.proposal);
    if (those.length === 0 || those.some((block) => linesOf(block).length === 0)) return false;
    const already = those.every((block) => kindOf(block) === kind);
    const now = already ? "paragraph" : kind;
    // A bullet that stays one keeps its sound and what stands beneath it.
    const made = those.flatMap((block) => (kindOf(block) === now ? [block] : make(now, block)));
    const content = now === "number" ? joinedLists(made) : made;
    const { $from, empty } = state.selection;
    const transaction = state.tr.replaceWith(from, to, content);
    const end = from + Fragment.from(content).size;
    const start = TextSelection.near(transaction.doc.resolve(from), 1).from;
    const selection =
      empty && content.length === 1
        ? TextSelection.near(
            transaction.doc.resolve(Math.min(start + $from.parentOffset, end - 1)),
            -1,
          )
        : TextSelection.between(transaction.doc.resolve(start), transaction.doc.resolve(end - 1));
    dispatch?.(transaction.setSelection(selection).scrollIntoView());
    return true;
  };
}

/** Returns a block's lines; none of one that cannot become another kind. */
function linesOf(block: Node): Fragment[] {
  if (block.type === node.statement) {
    const own = [...block.children].filter(({ type }) => type === node.line || type === node.point);
    return own.map(({ content }) => content);
  }
  if (block.type === node.numbered) return [...block.children].map(({ content }) => content);
  const kinds = [node.paragraph, node.heading, node.label, node.note];
  return kinds.includes(block.type as (typeof kinds)[number]) ? [block.content] : [];
}

function make(kind: LineKind, block: Node): Node[] {
  const lines = linesOf(block);
  switch (kind) {
    case "bullet":
      return lines.map((line) => node.statement.create(null, node.line.create(null, line)));
    case "number":
      return [node.numbered.create(null, numbered(lines, 1))];
    case "heading":
    case "subheading":
      return lines.map((line) => heading(LEVELS[kind], line));
    default:
      return lines.map((line) => node.paragraph.create(null, line));
  }
}

/** Returns a heading as the layouts have it: an item's is bold, the document's own is not. */
export function heading(level: number, line?: Fragment): Node {
  return node.heading.create({ level, bold: level >= LEVELS.heading }, line);
}

/** Returns entries with the numbers from `first` on. */
export function numbered(lines: readonly Fragment[], first: number): Node[] {
  return lines.map((line, index) => node.entry.create({ number: String(first + index) }, line));
}

/** Lists that come to stand beneath each other are one. */
function joinedLists(lists: Node[]): Node[] {
  return [
    node.numbered.create(
      null,
      numbered(
        lists.flatMap((list) => [...list.children].map(({ content }) => content)),
        1,
      ),
    ),
  ];
}

/** Puts a table after the line: a head of these words, and an empty row. */
export function insertTable(head: string[]): Command {
  return (state, dispatch) => {
    const { to, from, blocks } = touched(state);
    const row = (cells: (string | null)[], isHead: boolean) =>
      node.row.create(
        { head: isHead },
        cells.map((words) => node.cell.create(null, words ? schema.text(words) : null)),
      );
    const table = node.table.create(null, [
      row(head, true),
      row(
        head.map(() => null),
        false,
      ),
    ]);
    const [only] = blocks;
    const empty = blocks.length === 1 && only?.isTextblock && only.content.size === 0;
    const place = empty ? from : to;
    const transaction = state.tr.replaceWith(place, empty ? to : place, table);
    // Into the first cell beneath the head.
    const inside = place + 1 + (table.firstChild?.nodeSize ?? 0) + 2;
    dispatch?.(
      transaction
        .setSelection(TextSelection.near(transaction.doc.resolve(inside)))
        .scrollIntoView(),
    );
    return true;
  };
}
