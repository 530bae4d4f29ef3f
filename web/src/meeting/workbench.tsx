/** The three panes and the sound above them, and the keys that work in all of them. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Meeting, Turn } from "../api/wire";
import { AgendaDialog } from "../dialogs/agenda";
import { ApproveDialog } from "../dialogs/approve";
import { ExportDialog } from "../dialogs/export";
import { HelpDialog } from "../dialogs/help";
import { HistoryDialog } from "../dialogs/history";
import { PurgeDialog } from "../dialogs/purge";
import { ReceiptsDialog } from "../dialogs/receipts";
import { SpeakerDialog } from "../dialogs/speaker";
import type { DraftEditor } from "../draft/editor";
import { DraftPane } from "../draft/pane";
import type { Place } from "../editor/places";
import { showsWave } from "../player/habits";
import { TranscriptList } from "../transcript/list";
import { show } from "../live";
import { t } from "../words";
import { Waveform } from "../waveform/waveform";
import { Transport } from "../waveform/transport";
import { AgendaPane } from "./agenda-pane";
import { DeletedStrip } from "./deleted-strip";
import { JobPanel } from "./job";
import { onKeys } from "./keys";
import { restOfTurn } from "./speakers";
import type { MeetingModel } from "./model";
import { TopBar } from "./top-bar";
import { VoicesPane } from "./voices-pane";

export type Opened =
  "export" | "approve" | "agenda" | "history" | "help" | "purge" | "receipts" | null;
type Shown = "agenda" | "voices" | "draft" | "transcript";
/** The panes that stand beside each other; the voices take the agenda's place. */
const PANES: Shown[] = ["agenda", "draft", "transcript"];
/** The panes that come over the others where there is little room. */
const OVER: Shown[] = ["agenda", "voices"];

export function Workbench({ model, meeting }: { model: MeetingModel; meeting: Meeting }) {
  const opened = useSignal<Opened>(null);
  const speaker = useSignal<Turn | null>(null);
  const finding = useSignal(false);
  /** The pane that is shown where there is room for one. */
  const shown = useSignal<Shown>("draft");
  const naming = useSignal(false);
  const editor = useRef<DraftEditor | null>(null);

  const openVoices = () => {
    naming.value = true;
    shown.value = "voices";
  };
  const goTo = (place: Place) => {
    opened.value = null;
    shown.value = "draft";
    // The dialog gives the focus back first.
    requestAnimationFrame(() => {
      editor.current?.select(place);
      if (place.id) model.cue(place.id);
    });
  };
  const toVoices = () => {
    opened.value = null;
    if (model.data.peek()?.voices) return openVoices();
    const unnamed = model.data.peek()?.turns.find((turn) => turn.speaker === null);
    if (unnamed) speaker.value = unnamed;
  };
  const closeVoices = () => {
    naming.value = false;
    if (shown.value === "voices") shown.value = "draft";
    model.player.pause();
    requestAnimationFrame(() => editor.current?.view.focus());
  };
  useEffect(
    () =>
      onKeys({
        toggle: () => model.player.toggle(),
        back: () => model.player.back(),
        slower: () => model.player.step(-1),
        faster: () => model.player.step(1),
        voices: () => {
          if (naming.value) return closeVoices();
          if (model.data.peek()?.voices) openVoices();
          else show({ text: t("voices.none") });
        },
        anotherHere: () => {
          const { transcript, player, data } = model;
          const rest = restOfTurn(transcript.peek(), data.peek()?.turns ?? [], player.at.peek());
          player.pause();
          if (rest) speaker.value = rest;
        },
        uncertain: () => {
          shown.value = "draft";
          const place = editor.current?.nextUncertain();
          if (place?.id) model.playStatement(place.id);
        },
        accept: () => {
          const id = editor.current?.statement() ?? model.active.peek();
          if (id) void model.settle(id, "accept");
        },
        beginHere: () => {
          const next = model.boundaries.peek()[model.boundaryAt.peek() + 1];
          if (next) void model.moveBoundary(next, model.player.at.peek());
        },
        undo: () => void model.undo.undo(),
        redo: () => void model.undo.redo(),
        find: () => (finding.value = true),
        help: () => (opened.value = "help"),
        pane: () => {
          const here = PANES.findIndex((pane) => document.activeElement?.closest(`.pane-${pane}`));
          // From outside of the panes one comes to the text.
          shown.value = here < 0 ? "draft" : (PANES[(here + 1) % PANES.length] ?? "draft");
          requestAnimationFrame(() => {
            const pane = document.querySelector<HTMLElement>(`.pane-${shown.value}`);
            const first = [".ProseMirror", "[tabindex='0']", "button"]
              .map((kind) => pane?.querySelector<HTMLElement>(kind))
              .find((found) => found);
            first?.focus();
          });
        },
      }),
    [model],
  );

  const transcript = model.transcript.value;
  const close = () => (opened.value = null);
  const choices: Shown[] = meeting.voices ? ["agenda", "voices", "draft", "transcript"] : PANES;
  return (
    <div class="workbench">
      <TopBar model={model} meeting={meeting} opened={opened} finding={finding} />
      {!(meeting.has.transcript && meeting.has.audio) && (
        <DeletedStrip id={model.id} onReceipts={() => (opened.value = "receipts")} />
      )}
      {(meeting.has.transcript || meeting.has.audio) && (
        <section class="sound" aria-label={t("sound")}>
          <Transport player={model.player} />
          {showsWave.value && <Waveform model={model} meeting={meeting} />}
          <JobPanel model={model} meeting={meeting} slim />
        </section>
      )}
      <div class="pane-choice" role="group" aria-label={t("panes")}>
        {choices.map((pane) => (
          <button
            key={pane}
            type="button"
            class={OVER.includes(pane) ? "" : "alone"}
            aria-pressed={shown.value === pane}
            onClick={() => {
              // What lies over the draft goes away as it came.
              shown.value = shown.value === pane && OVER.includes(pane) ? "draft" : pane;
              if (pane === "voices" || pane === "agenda") naming.value = pane === "voices";
            }}
          >
            {t(`pane.${pane}`)}
          </button>
        ))}
      </div>
      <div
        class={`panes showing-${shown.value} ${naming.value ? "naming" : ""} ${meeting.has.transcript ? "" : "kept"}`}
      >
        {naming.value && meeting.voices ? (
          <VoicesPane
            model={model}
            meeting={meeting}
            voices={meeting.voices}
            onClose={closeVoices}
          />
        ) : (
          <AgendaPane model={model} meeting={meeting} editor={editor} onVoices={openVoices} />
        )}
        <main id="main" class="pane pane-draft">
          <DraftPane
            model={model}
            meeting={meeting}
            editor={editor}
            finding={finding}
            onPlace={goTo}
            onVoices={toVoices}
          />
        </main>
        {meeting.has.transcript && (
          <aside class="pane pane-transcript" aria-label={t("pane.transcript")}>
            {transcript && (
              <TranscriptList
                transcript={transcript}
                turns={meeting.turns}
                flagged={meeting.flagged}
                player={model.player}
                lit={model.lit}
                onSpeaker={(turn) => (speaker.value = turn)}
              />
            )}
          </aside>
        )}
      </div>
      {speaker.value && (
        <SpeakerDialog
          model={model}
          meeting={meeting}
          turn={speaker.value}
          onClose={() => (speaker.value = null)}
        />
      )}
      {opened.value === "export" && (
        <ExportDialog
          model={model}
          meeting={meeting}
          onPlace={goTo}
          onVoices={toVoices}
          onApprove={() => (opened.value = "approve")}
          onClose={close}
        />
      )}
      {opened.value === "approve" && (
        <ApproveDialog
          model={model}
          meeting={meeting}
          onPlace={goTo}
          onVoices={toVoices}
          onClose={close}
        />
      )}
      {opened.value === "agenda" && <AgendaDialog model={model} onClose={close} />}
      {opened.value === "receipts" && <ReceiptsDialog id={model.id} onClose={close} />}
      {opened.value === "history" && <HistoryDialog model={model} onClose={close} />}
      {opened.value === "purge" && <PurgeDialog model={model} meeting={meeting} onClose={close} />}
      {opened.value === "help" && <HelpDialog onClose={close} />}
    </div>
  );
}
