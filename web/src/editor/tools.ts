/** What can be done to a line from the toolbar and by keys, in the order in which it stands there. */
import { toggleMark } from "prosemirror-commands";
import type { Command } from "prosemirror-state";
import { schema } from "../document/schema";
import { t } from "../words";
import { become, insertTable, type LineKind } from "./kinds";
import { deleteLine, moveLine } from "./lines";

export interface WritingTool {
  name:
    | "heading"
    | "subheading"
    | "bullet"
    | "number"
    | "strong"
    | "emphasis"
    | "table"
    | "up"
    | "down"
    | "delete";
  /** As the help shows them. */
  chords: string[];
  /** As the editor names them. */
  keys: string[];
  /** What stands on the button. */
  shown(): string;
  /** The kind of line that it makes. */
  kind?: LineKind;
  command: Command;
}

/** The head of a table: who does what, and when. */
const actionTable: Command = (state, dispatch, view) =>
  insertTable([t("table.what"), t("table.who"), t("table.when")])(state, dispatch, view);

export const WRITING: WritingTool[] = [
  {
    name: "heading",
    chords: ["Ctrl+Alt+1"],
    keys: ["Mod-Alt-1"],
    shown: () => t("tool.heading"),
    kind: "heading",
    command: become("heading"),
  },
  {
    name: "subheading",
    chords: ["Ctrl+Alt+2"],
    keys: ["Mod-Alt-2"],
    shown: () => t("tool.subheading.short"),
    kind: "subheading",
    command: become("subheading"),
  },
  {
    name: "bullet",
    chords: ["Ctrl+Shift+L"],
    keys: ["Mod-Shift-l"],
    shown: () => "• –",
    kind: "bullet",
    command: become("bullet"),
  },
  {
    name: "number",
    chords: ["Ctrl+Shift+7"],
    keys: ["Mod-Shift-7", "Mod-Shift-/"],
    shown: () => "1. 2.",
    kind: "number",
    command: become("number"),
  },
  {
    name: "strong",
    chords: ["Ctrl+B"],
    keys: ["Mod-b"],
    shown: () => t("tool.strong.short"),
    command: toggleMark(schema.marks.strong),
  },
  {
    name: "emphasis",
    chords: ["Ctrl+I"],
    keys: ["Mod-i"],
    shown: () => t("tool.emphasis.short"),
    command: toggleMark(schema.marks.emphasis),
  },
  {
    name: "table",
    chords: ["Ctrl+Alt+3"],
    keys: ["Mod-Alt-3"],
    shown: () => "▦",
    command: actionTable,
  },
  {
    name: "up",
    chords: ["Alt+↑"],
    keys: ["Alt-ArrowUp"],
    shown: () => "↑",
    command: moveLine(-1),
  },
  {
    name: "down",
    chords: ["Alt+↓"],
    keys: ["Alt-ArrowDown"],
    shown: () => "↓",
    command: moveLine(1),
  },
  {
    name: "delete",
    chords: ["Ctrl+Shift+K"],
    keys: ["Mod-Shift-k"],
    shown: () => t("tool.delete.short"),
    command: deleteLine,
  },
];

/** The keys of the tools. */
export const toolKeys: Record<string, Command> = Object.fromEntries(
  WRITING.flatMap(({ keys, command }) => keys.map((key) => [key, command])),
);
