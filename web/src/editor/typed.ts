/** Markdown that is typed: `- ` begins a bullet, `1. ` a numbered list, `# ` a heading, `**bold**`. */
import { Plugin, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "../document/schema";
import { become, heading } from "./kinds";

const node = schema.nodes;

/** Where a line may become of another kind by what it begins with. */
function marked(state: EditorState, mark: string): Transaction | null {
  const { $from } = state.selection;
  if ($from.parent.type !== node.paragraph || $from.depth !== 1) return null;
  const stripped = state.tr.delete($from.start(), $from.start() + mark.length);
  const hashes = /^#{1,5}$/.exec(mark);
  if (hashes) {
    // The title's own level is written `##`.
    const made = heading(
      Math.max(1, mark.length - 1),
      stripped.doc.resolve($from.start()).parent.content,
    );
    const before = $from.before();
    stripped.replaceWith(before, stripped.mapping.map($from.after()), made);
    return stripped.setSelection(TextSelection.create(stripped.doc, before + 1));
  }
  const kind = /^[-*•]$/.test(mark) ? "bullet" : /^1[.)]$/.test(mark) ? "number" : null;
  if (!kind) return null;
  become(kind)(state.apply(stripped), ({ steps, selection }) => {
    // Both as one step.
    steps.forEach((step) => stripped.step(step));
    stripped.setSelection(TextSelection.create(stripped.doc, selection.from));
  });
  return stripped;
}

const STYLES = [
  { pattern: /(?:^|[^*])\*\*([^*\s](?:[^*]*[^*\s])?)\*$/, mark: schema.marks.strong, width: 2 },
  { pattern: /(?:^|[\s(])_([^_\s](?:[^_]*[^_\s])?)$/, mark: schema.marks.emphasis, width: 1 },
] as const;

/** What is put into `**` or `_` becomes bold or slanted as its last mark is typed. */
function styled(state: EditorState, text: string): Transaction | null {
  const { $from } = state.selection;
  if (text !== "*" && text !== "_") return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, "", "\n");
  for (const { pattern, mark, width } of STYLES) {
    if ((text === "_") !== (mark === schema.marks.emphasis)) continue;
    const words = pattern.exec(before)?.[1];
    if (words === undefined || !$from.parent.type.allowsMarkType(mark)) continue;
    const closing = width - 1;
    const end = $from.pos - closing;
    const start = end - words.length;
    const transaction = state.tr.delete(end, $from.pos).delete(start - width, start);
    transaction.addMark(start - width, end - width, mark.create());
    return transaction.removeStoredMark(mark);
  }
  return null;
}

export const typedPlugin = new Plugin({
  props: {
    handleTextInput(view, from, to, text) {
      if (from !== to) return false;
      const { $from } = view.state.selection;
      const before = $from.parent.textBetween(0, $from.parentOffset, "", "\n");
      const made = text === " " ? marked(view.state, before) : styled(view.state, text);
      if (made) view.dispatch(made.scrollIntoView());
      return made !== null;
    },
  },
});
