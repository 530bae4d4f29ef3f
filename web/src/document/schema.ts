/**
 * The document as ProseMirror knows it: one node per kind of block of `block.ts`, so that what
 * is typed can always be given back to the server.
 */
import { Schema, type DOMOutputSpec, type Node, type NodeSpec } from "prosemirror-model";
import { shortened } from "../time";

const inline = "(text | break)*";

/** A block that holds nothing but text in one element. */
function textBlock(tag: string, kind: string): NodeSpec {
  return {
    group: "block",
    content: inline,
    parseDOM: [{ tag: `${tag}[data-kind=${kind}]` }],
    toDOM: (): DOMOutputSpec => [tag, { "data-kind": kind, class: kind }, 0],
  };
}

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    ...textBlock("p", "paragraph"),
    // What a paragraph of another kind is read as comes before.
    parseDOM: [{ tag: "p", priority: 40 }],
  },
  heading: {
    group: "block",
    content: inline,
    defining: true,
    attrs: { level: { default: 2 }, bold: { default: true } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
      tag: `h${level}`,
      getAttrs: (element: HTMLElement) => ({
        level: Math.min(Number(element.dataset.level ?? level), 5),
        bold: element.dataset.bold !== "false",
      }),
    })),
    toDOM: (node: Node): DOMOutputSpec => {
      // The page has the one h1; the document's own title is a level below it.
      const { level, bold } = node.attrs as { level: number; bold: boolean };
      return [`h${level + 1}`, { "data-level": String(level), "data-bold": String(bold) }, 0];
    },
  },
  rule: {
    group: "block",
    parseDOM: [{ tag: "hr" }],
    toDOM: (): DOMOutputSpec => ["hr"],
  },
  label: textBlock("p", "label"),
  note: textBlock("p", "note"),
  numbered: {
    group: "block",
    content: "entry+",
    parseDOM: [{ tag: "ol" }],
    toDOM: (): DOMOutputSpec => ["ol", { class: "numbered" }, 0],
  },
  entry: {
    content: inline,
    attrs: { number: { default: "" } },
    parseDOM: [
      {
        tag: "ol > li",
        getAttrs: (element: HTMLElement) => ({ number: element.dataset.number ?? "" }),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => [
      "li",
      { "data-number": (node.attrs as { number: string }).number },
      0,
    ],
  },
  statement: {
    group: "block",
    content: "line (said | more | point)*",
    defining: true,
    attrs: { id: { default: null }, at: { default: "" } },
    parseDOM: [
      {
        tag: "div.statement",
        getAttrs: (element: HTMLElement) => ({
          id: element.dataset.id ?? null,
          at: element.dataset.at ?? "",
        }),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => {
      const { id, at } = node.attrs as { id: string | null; at: string };
      return ["div", { class: "statement", ...(id && { "data-id": id }), "data-at": at }, 0];
    },
  },
  line: {
    content: inline,
    parseDOM: [{ tag: "p.line" }],
    toDOM: (): DOMOutputSpec => ["p", { class: "line" }, 0],
  },
  said: {
    content: inline,
    attrs: { at: { default: "" } },
    parseDOM: [
      {
        tag: "p.said",
        getAttrs: (element: HTMLElement) => ({ at: element.dataset.at ?? "" }),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => {
      const { at } = node.attrs as { at: string };
      return ["p", { class: "said", "data-at": at, "data-shown": shortened(at) }, 0];
    },
  },
  more: {
    content: "said+",
    attrs: { label: { default: "" } },
    parseDOM: [
      {
        tag: "div.more",
        getAttrs: (element: HTMLElement) => ({ label: element.dataset.label ?? "" }),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => [
      "div",
      { class: "more", "data-label": (node.attrs as { label: string }).label },
      0,
    ],
  },
  point: {
    content: inline,
    attrs: { depth: { default: 1 } },
    parseDOM: [
      {
        tag: "p.point",
        getAttrs: (element: HTMLElement) => ({ depth: Number(element.dataset.depth ?? 1) }),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => [
      "p",
      { class: "point", "data-depth": String((node.attrs as { depth: number }).depth) },
      0,
    ],
  },
  table: {
    group: "block",
    content: "row+",
    isolating: true,
    parseDOM: [{ tag: "table" }],
    toDOM: (): DOMOutputSpec => ["table", ["tbody", 0]],
  },
  row: {
    content: "cell+",
    attrs: { head: { default: false } },
    parseDOM: [
      {
        tag: "tr",
        getAttrs: (element: HTMLElement) => ({ head: element.dataset.head === "true" }),
      },
    ],
    toDOM: (node: Node): DOMOutputSpec => [
      "tr",
      { "data-head": String((node.attrs as { head: boolean }).head) },
      0,
    ],
  },
  cell: {
    content: inline,
    isolating: true,
    parseDOM: [{ tag: "td" }, { tag: "th" }],
    toDOM: (): DOMOutputSpec => ["td", 0],
  },
  comment: {
    group: "block",
    content: "text*",
    marks: "",
    parseDOM: [{ tag: "p.comment" }],
    toDOM: (): DOMOutputSpec => ["p", { class: "comment" }, 0],
  },
  proposal: {
    group: "block",
    atom: true,
    selectable: true,
    attrs: { proposal: {} },
    parseDOM: [],
    toDOM: (): DOMOutputSpec => ["div", { class: "proposal" }],
  },
  text: {},
  break: {
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: "br" }],
    toDOM: (): DOMOutputSpec => ["br"],
  },
} satisfies Record<string, NodeSpec>;

export const schema = new Schema({
  nodes,
  marks: {
    remark: {
      excludes: "_",
      parseDOM: [{ tag: "span.remark" }],
      toDOM: (): DOMOutputSpec => ["span", { class: "remark" }, 0],
    },
    strong: {
      parseDOM: [{ tag: "strong" }, { tag: "b" }],
      toDOM: (): DOMOutputSpec => ["strong", 0],
    },
    emphasis: {
      parseDOM: [{ tag: "em" }, { tag: "i" }],
      toDOM: (): DOMOutputSpec => ["em", 0],
    },
  },
});
