/** The draft in ProseMirror: puts the document's parts together into one editor. */
import { signal, type Signal } from "@preact/signals";
import { history, redo, undo, undoDepth } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import type { Node, NodeType } from "prosemirror-model";
import { EditorState, TextSelection, type Command, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type { Block } from "../document/block";
import { become } from "../document/changes";
import { read } from "../document/read";
import { write } from "../document/write";
import { keys, statementAt } from "../editor/commands";
import type { EditorContext } from "../editor/context";
import { corrected, type Correction } from "../editor/correction";
import { find, findPlugin } from "../editor/find";
import { frontPlugin } from "../editor/front";
import { uniqueIds } from "../editor/ids";
import { kindAt, type LineKind } from "../editor/kinds";
import { pastePlugin } from "../editor/paste";
import { after, uncertain, type Place } from "../editor/places";
import { ProposalView } from "../editor/proposal-view";
import { StatementView } from "../editor/statement-view";
import { toolKeys } from "../editor/tools";
import { typedPlugin } from "../editor/typed";
import { t } from "../words";

export interface EditorEvents {
  /** Something was typed. */
  changed(): void;
  /** The undo history has one step more. */
  stepped(): void;
  /** A name was put right, and stands as it was elsewhere too. */
  corrected(correction: Correction, elsewhere: number): void;
}

/** How long after the last key a block counts as corrected. */
const CORRECTED_MS = 1200;

export class DraftEditor {
  readonly view: EditorView;
  /** The document as it stands. */
  readonly doc: Signal<Node>;
  /** What the line at the cursor is. */
  readonly kind = signal<LineKind | null>(null);
  /** The block being written in, as it was when the cursor came. */
  private visited: { place: number; text: string; type: NodeType } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    place: HTMLElement,
    blocks: Block[],
    private readonly context: EditorContext,
    private readonly events: EditorEvents,
  ) {
    this.doc = signal(read(blocks));
    this.view = new EditorView(place, {
      state: EditorState.create({
        doc: this.doc.peek(),
        plugins: [
          uniqueIds,
          findPlugin,
          frontPlugin,
          typedPlugin,
          pastePlugin,
          history(),
          keymap(toolKeys),
          keymap(keys),
        ],
      }),
      attributes: {
        class: "draft",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": t("draft.name"),
        lang: context.language,
        spellcheck: "true",
      },
      nodeViews: {
        statement: (node, view) => new StatementView(node, view, context),
        proposal: (node, view, at) => new ProposalView(node, view, at),
      },
      dispatchTransaction: (transaction) => this.dispatch(transaction),
      handleClickOn: (_view, _pos, node, _nodePos, event) => this.clicked(node, event),
    });
  }

  blocks(): Block[] {
    return write(this.view.state.doc);
  }

  /** Takes over another state of the document; it is no step of undo. */
  replace(blocks: Block[]): void {
    const transaction = become(this.view.state.tr, read(blocks));
    if (!transaction.docChanged) return;
    this.view.dispatch(transaction.setMeta("addToHistory", false).setMeta("elsewhere", true));
    this.visited = null;
  }

  undo(): void {
    undo(this.view.state, this.view.dispatch);
  }

  redo(): void {
    redo(this.view.state, this.view.dispatch);
  }

  /** Goes to the next place that wants an eye; returns it. */
  nextUncertain(): Place | undefined {
    const { doc, selection } = this.view.state;
    const place = after(uncertain(doc, this.context.facts.peek()), selection.from);
    if (place) this.select(place);
    return place;
  }

  /** The statement around the cursor. */
  statement(): string | null {
    const found = statementAt(this.view.state);
    return (found?.node.attrs as { id: string | null } | undefined)?.id ?? null;
  }

  /** Does something where the cursor is. */
  run(command: Command): void {
    command(this.view.state, this.view.dispatch, this.view);
    this.view.focus();
  }

  /** Puts a name right everywhere, as one step. */
  correctAll({ from, to }: Correction): void {
    const found = find(this.view.state.doc, { text: from, words: true, exact: true });
    const transaction = this.view.state.tr;
    for (const hit of found.reverse()) transaction.insertText(to, hit.from, hit.to);
    this.view.dispatch(transaction);
  }

  select({ from, to }: { from: number; to: number }): void {
    const selection = TextSelection.between(
      this.view.state.doc.resolve(from),
      this.view.state.doc.resolve(to),
    );
    this.view.focus();
    this.view.dispatch(this.view.state.tr.setSelection(selection));
    const top = this.view.domAtPos(from).node;
    (top instanceof Element ? top : top.parentElement)?.scrollIntoView({ block: "center" });
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.view.destroy();
  }

  private dispatch(transaction: Transaction): void {
    const depth = Number(undoDepth(this.view.state));
    const before = this.view.state;
    this.view.updateState(before.apply(transaction));
    this.doc.value = this.view.state.doc;
    this.kind.value = kindAt(this.view.state);
    if (transaction.getMeta("elsewhere")) return;
    if (transaction.docChanged) {
      this.events.changed();
      if (Number(undoDepth(this.view.state)) > depth) this.events.stepped();
      this.visited &&= { ...this.visited, place: transaction.mapping.map(this.visited.place) };
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.lookBack(), CORRECTED_MS);
    }
    const { $from } = this.view.state.selection;
    const at = $from.depth > 0 ? $from.before() : 0;
    if (at !== this.visited?.place) {
      // The words as they were before this key.
      const here = transaction.docChanged ? before.selection.$from : $from;
      this.lookBack();
      this.visited = { place: at, text: here.parent.textContent, type: here.parent.type };
    }
  }

  /** Looks whether the block that was written in had a name corrected. */
  private lookBack(): void {
    if (!this.visited) return;
    const { place, text, type } = this.visited;
    const node = this.view.state.doc.nodeAt(place);
    // What became of another kind was not put right.
    const now = node?.type === type ? node.textContent : text;
    const correction = now === text ? null : corrected(text, now);
    if (now !== text) this.visited = { place, text: now, type };
    if (!correction) return;
    const query = { text: correction.from, words: true, exact: true };
    const elsewhere = find(this.view.state.doc, query).length;
    if (elsewhere > 0) this.events.corrected(correction, elsewhere);
  }

  /** A click puts the sound to what was clicked; it is heard with the keys or the time's button. */
  private clicked(node: { type: { name: string }; attrs: unknown }, event: MouseEvent): boolean {
    if (event.button !== 0 || event.shiftKey || !this.view.state.selection.empty) return false;
    const target = event.target as HTMLElement;
    const id = target.closest<HTMLElement>(".statement")?.dataset.id;
    if (!id) return false;
    if (node.type.name === "said") {
      this.context.cue(id, (node.attrs as { at: string }).at);
    } else if (node.type.name === "line" && this.context.active.peek() !== id) {
      this.context.cue(id);
    }
    return false;
  }
}
