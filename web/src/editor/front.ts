/**
 * The referat's head: when, where, who was there, the dagsorden. It is folded away, so that the
 * text begins on the first screen, until it is asked for or the cursor comes there.
 */
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { t } from "../words";
import { element } from "./element";

/** A shorter head is not worth folding. */
const LEAST_BLOCKS = 6;

const frontKey = new PluginKey<boolean>("front");

/** Returns where the head begins and ends, its title left out; null where there is little of it. */
export function front(doc: Node): { from: number; to: number } | null {
  const blocks = [...doc.children];
  let end = blocks.findIndex(({ type }) => type.name === "statement");
  // The headings above the first line are the text's.
  while (blocks[end - 1]?.type.name === "heading") end--;
  if (end <= LEAST_BLOCKS) return null;
  const size = (to: number) => blocks.slice(0, to).reduce((sum, one) => sum + one.nodeSize, 0);
  return { from: size(1), to: size(end) };
}

/** Whether the head is folded. */
function folded(state: EditorState): boolean {
  return frontKey.getState(state) ?? false;
}

export const frontPlugin = new Plugin<boolean>({
  key: frontKey,
  state: {
    init: () => true,
    apply(transaction, value) {
      const asked = transaction.getMeta(frontKey) as boolean | undefined;
      if (asked !== undefined) return asked;
      const place = value ? front(transaction.doc) : null;
      const { head } = transaction.selection;
      return place && transaction.selectionSet && head > place.from && head < place.to
        ? false
        : value;
    },
  },
  props: {
    decorations(state) {
      const place = front(state.doc);
      if (!place) return null;
      const hidden = folded(state);
      const shown = [
        Decoration.widget(place.from, (view) => button(view, hidden), {
          side: -1,
          key: `front ${hidden}`,
          ignoreSelection: true,
          stopEvent: () => true,
        }),
      ];
      if (hidden) {
        state.doc.nodesBetween(place.from, place.to, (node, at, parent) => {
          if (parent === state.doc && at >= place.from && at < place.to) {
            shown.push(Decoration.node(at, at + node.nodeSize, { class: "front" }));
          }
          return false;
        });
      }
      return DecorationSet.create(state.doc, shown);
    },
  },
});

function button(view: EditorView, hidden: boolean): HTMLElement {
  const made = element(
    "button",
    { type: "button", class: "quiet front-fold", "aria-expanded": String(!hidden) },
    `${hidden ? "▸" : "▾"} ${t("front.fold")}`,
  );
  made.addEventListener("click", () => {
    view.dispatch(view.state.tr.setMeta(frontKey, !hidden).setMeta("addToHistory", false));
  });
  return element("div", { contenteditable: "false" }, made);
}
