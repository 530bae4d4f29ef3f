/** A ProseMirror document becomes the server's blocks again. */
import type { Node } from "prosemirror-model";
import type { Beneath, Block, NumberedEntry, Proposal, Run, Said, Text } from "./block";

/** Returns the document's blocks. */
export function write(doc: Node): Block[] {
  return children(doc).map(writeBlock);
}

/** Returns one node as a block. */
export function writeBlock(node: Node): Block {
  switch (node.type.name) {
    case "heading": {
      const { level, bold } = node.attrs as { level: number; bold: boolean };
      return { heading: { level, text: text(node), bold } };
    }
    case "rule":
      return "rule";
    case "label":
      return { label: text(node) };
    case "note":
      return { note: text(node) };
    case "numbered":
      return { numbered: children(node).map(writeEntry) };
    case "statement": {
      const { id, at } = node.attrs as { id: string | null; at: string };
      const [line, ...beneath] = children(node);
      return {
        statement: { id, at, text: line ? text(line) : [], beneath: beneath.map(writeBeneath) },
      };
    }
    case "table": {
      const [head, ...rows] = children(node).map((row) => children(row).map(text));
      return { table: { head: head ?? [], rows } };
    }
    case "comment":
      return { comment: node.textContent };
    case "proposal":
      return { proposal: (node.attrs as { proposal: Proposal }).proposal };
    default:
      return { paragraph: text(node) };
  }
}

function writeBeneath(node: Node): Beneath {
  switch (node.type.name) {
    case "said":
      return { said: writeSaid(node) };
    case "more":
      return {
        more: {
          label: (node.attrs as { label: string }).label,
          said: children(node).map(writeSaid),
        },
      };
    default:
      return { point: { depth: (node.attrs as { depth: number }).depth, text: text(node) } };
  }
}

function writeSaid(node: Node): Said {
  return { at: (node.attrs as { at: string }).at, text: text(node) };
}

function writeEntry(node: Node): NumberedEntry {
  const lines: Text[] = [[]];
  for (const run of runs(node)) {
    const parts = run.text.split("\n");
    parts.forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part) lines.at(-1)?.push({ ...run, text: part });
    });
  }
  return { number: (node.attrs as { number: string }).number, lines: lines.map(joined) };
}

/** Returns a node's text: one run per stretch of one style. */
export function text(node: Node): Text {
  return joined(runs(node));
}

function runs(node: Node): Run[] {
  return children(node).map((child) => {
    const has = (name: string) => child.marks.some((mark) => mark.type.name === name);
    return {
      text: child.isText ? (child.text ?? "") : "\n",
      ...(has("strong") && { strong: true }),
      ...(has("emphasis") && { emphasis: true }),
      ...(has("remark") && { comment: true }),
    };
  });
}

function joined(all: Run[]): Text {
  const out: Text = [];
  for (const run of all) {
    const last = out.at(-1);
    const alike =
      last !== undefined &&
      last.strong === run.strong &&
      last.emphasis === run.emphasis &&
      last.comment === run.comment;
    if (alike) last.text += run.text;
    else out.push({ ...run });
  }
  return out;
}

function children(node: Node): Node[] {
  return [...node.children];
}
