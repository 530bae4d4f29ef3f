/** The bar at the top of a meeting: where one is, whether it is saved, what can be done. */
import type { Signal } from "@preact/signals";
import type { Meeting } from "../api/wire";
import { Menu } from "../menu";
import { LanguageChoice } from "../start/language-choice";
import { follow } from "../route";
import { day, t, type Key } from "../words";
import type { MeetingModel } from "./model";
import { SaveState } from "./save-state";
import { draftSaver } from "../draft/pane";
import type { Opened } from "./workbench";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  opened: Signal<Opened>;
  finding: Signal<boolean>;
}

/** What can be done seldom, with the words on it. */
const OTHERS: { what: Opened; words: Key }[] = [
  { what: "agenda", words: "agenda.correct" },
  { what: "history", words: "history" },
  { what: "approve", words: "approve.begin" },
  { what: "purge", words: "purge" },
  { what: "help", words: "help" },
];

export function TopBar({ model, meeting, opened, finding }: Props) {
  const { header, approval } = meeting;
  const saver = draftSaver.value;
  return (
    <header class="top-bar">
      <a class="quiet" href="/" onClick={follow}>
        ‹ {t("app.meetings")}
      </a>
      <div class="what">
        <h1>{header.title ?? meeting.id}</h1>
        <span class="muted">{header.date && day(header.date)}</span>
        {approval.state !== "none" && (
          <button
            type="button"
            class={`chip ${approval.state === "approved" ? "accepted" : "warn"}`}
            onClick={() => (opened.value = "approve")}
          >
            {t(`state.${approval.state}`)}
          </button>
        )}
        {saver && <SaveState state={saver.state} />}
        {model.redrafting.value && <span class="muted">{t("redraft.running")}</span>}
      </div>
      <div class="tools" role="group" aria-label={t("tools")}>
        <button
          type="button"
          disabled={!model.undo.canUndo.value}
          title="Ctrl+Z"
          onClick={() => void model.undo.undo()}
        >
          {t("undo")}
        </button>
        <button
          type="button"
          disabled={!model.undo.canRedo.value}
          title="Ctrl+Y"
          onClick={() => void model.undo.redo()}
        >
          {t("redo")}
        </button>
        <button
          type="button"
          title="Ctrl+F"
          aria-pressed={finding.value}
          onClick={() => (finding.value = !finding.value)}
        >
          {t("find")}
        </button>
        <Menu label={t("more")}>
          <button
            type="button"
            disabled={model.redrafting.value || !meeting.has.transcript}
            title={t("redraft.more")}
            onClick={() => void model.redraft()}
          >
            {t("redraft")}
          </button>
          {OTHERS.map(({ what, words }) => (
            <button key={what} type="button" onClick={() => (opened.value = what)}>
              {t(words)}
            </button>
          ))}
          <LanguageChoice />
        </Menu>
        <button type="button" class="primary" onClick={() => (opened.value = "export")}>
          {t("export")}
        </button>
      </div>
    </header>
  );
}
