/** Blocks of the server become a ProseMirror document. */
import type { Node } from "prosemirror-model";
import type { Beneath, Block, NumberedEntry, Said, Statement, Text } from "./block";
import { schema } from "./schema";

const node = schema.nodes;

/** Returns the document; one without blocks gets an empty paragraph to type in. */
export function read(blocks: Block[]): Node {
  const content = blocks.map(readBlock);
  return node.doc.create(null, content.length > 0 ? content : [node.paragraph.create()]);
}

/** Returns one block as a node. */
export function readBlock(block: Block): Node {
  if (block === "rule") return node.rule.create();
  if ("heading" in block) {
    const { level, bold, text } = block.heading;
    return node.heading.create({ level, bold }, inline(text));
  }
  if ("label" in block) return node.label.create(null, inline(block.label));
  if ("paragraph" in block) return node.paragraph.create(null, inline(block.paragraph));
  if ("note" in block) return node.note.create(null, inline(block.note));
  if ("numbered" in block) return node.numbered.create(null, block.numbered.map(readEntry));
  if ("statement" in block) return readStatement(block.statement);
  if ("table" in block) return readTable(block.table.head, block.table.rows);
  if ("proposal" in block) return node.proposal.create({ proposal: block.proposal });
  return node.comment.create(null, block.comment ? schema.text(block.comment) : null);
}

function readStatement({ id, at, text, beneath }: Statement): Node {
  const line = node.line.create(null, inline(text));
  return node.statement.create({ id, at }, [line, ...beneath.map(readBeneath)]);
}

function readBeneath(beneath: Beneath): Node {
  if ("said" in beneath) return readSaid(beneath.said);
  if ("more" in beneath) {
    const { label, said } = beneath.more;
    return node.more.create({ label }, said.map(readSaid));
  }
  const { depth, text } = beneath.point;
  return node.point.create({ depth }, inline(text));
}

function readSaid({ at, text }: Said): Node {
  return node.said.create({ at }, inline(text));
}

/** An entry's lines stand in one node, with breaks between them. */
function readEntry({ number, lines }: NumberedEntry): Node {
  const content = lines.flatMap((line, index) =>
    index > 0 ? [node.break.create(), ...inline(line)] : inline(line),
  );
  return node.entry.create({ number }, content);
}

function readTable(head: Text[], rows: Text[][]): Node {
  const row = (cells: Text[], isHead: boolean) => {
    const content = cells.map((cell) => node.cell.create(null, inline(cell)));
    return node.row.create({ head: isHead }, content.length > 0 ? content : [node.cell.create()]);
  };
  return node.table.create(null, [row(head, true), ...rows.map((cells) => row(cells, false))]);
}

function inline(text: Text): Node[] {
  return text.flatMap(({ text: words, strong, emphasis, comment }) => {
    const marks = comment
      ? [schema.marks.remark.create()]
      : [
          ...(strong ? [schema.marks.strong.create()] : []),
          ...(emphasis ? [schema.marks.emphasis.create()] : []),
        ];
    return words
      .split("\n")
      .flatMap((part, index) => [
        ...(index > 0 ? [node.break.create(null, null, marks)] : []),
        ...(part ? [schema.text(part, marks)] : []),
      ]);
  });
}
