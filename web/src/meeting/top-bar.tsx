/** The bar at the top of a meeting: where one is, whether it is saved, what can be done. */
import type { Signal } from "@preact/signals";
import type { Meeting } from "../api/wire";
import { LanguageChoice } from "../start/language-choice";
import { follow } from "../route";
import { day, t } from "../words";
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
        {approval.state === "approved" && <span class="chip accepted">{t("state.approved")}</span>}
        {approval.state === "changed" && <span class="chip">{t("state.changed")}</span>}
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
        <button
          type="button"
          disabled={model.redrafting.value || !meeting.has.transcript}
          title={t("redraft.more")}
          onClick={() => void model.redraft()}
        >
          {t("redraft")}
        </button>
        <button type="button" onClick={() => (opened.value = "history")}>
          {t("history")}
        </button>
        <button type="button" onClick={() => (opened.value = "purge")}>
          {t("purge")}
        </button>
        <button type="button" title="F1" onClick={() => (opened.value = "help")}>
          {t("help")}
        </button>
        <LanguageChoice />
        <button type="button" class="primary" onClick={() => (opened.value = "export")}>
          {t("export")}
        </button>
      </div>
    </header>
  );
}
