/** Recording: a level to watch, and big buttons for the items, decisions and pauses. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/client";
import type { Device, MarkKind, Meeting } from "../api/wire";
import { say } from "../live";
import type { MeetingModel } from "../meeting/model";
import { clock } from "../time";
import { attempt } from "../trouble";
import { duration, t } from "../words";
import { Level } from "./level";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  onClose(): void;
}

export function RecordPanel({ model, meeting, onClose }: Props) {
  const note = useSignal("");
  const state = meeting.recording;
  const mark = (what: MarkKind, told: string) =>
    attempt(async () => {
      const recording = await api.markRecording(model.id, what);
      model.data.value = { ...meeting, recording };
      say(told);
    });
  if (!state) return <Choose model={model} onClose={onClose} />;
  const paused = state.phase === "paused";
  return (
    <main id="main" class="record">
      <header>
        <h1>{meeting.header.title ?? meeting.id}</h1>
        <p class={`phase phase-${state.phase}`} role="status">
          {t(`phase.${state.phase}`)}
        </p>
        <p class="record-clock">{clock(state.position_ms)}</p>
        <Level dbfs={state.peak_dbfs} clipping={state.clipping} />
        <p class="muted">
          {state.device}
          {state.left_ms !== null && ` · ${t("record.room", { time: duration(state.left_ms) })}`}
        </p>
        {state.silent_ms > 10_000 && (
          <p role="alert" class="bad">
            {t("record.silent", { n: Math.round(state.silent_ms / 1000) })}
          </p>
        )}
      </header>
      <section class="record-items" aria-label={t("pane.agenda")}>
        {meeting.agenda.map(({ number, title }) => (
          <button
            type="button"
            key={number}
            class={`big ${state.item === number ? "on" : ""}`}
            aria-pressed={state.item === number}
            onClick={() =>
              void mark({ kind: "item", item: number }, t("record.item", { item: number }))
            }
          >
            <span class="number">{number}</span>
            <span>{title}</span>
          </button>
        ))}
      </section>
      <section class="record-acts" aria-label={t("record.marks")}>
        <button
          type="button"
          class="big decision"
          onClick={() => void mark({ kind: "decision" }, t("record.marked"))}
        >
          {t("kind.decision")}
        </button>
        <button
          type="button"
          class="big action"
          onClick={() => void mark({ kind: "action" }, t("record.marked"))}
        >
          {t("kind.action")}
        </button>
        <button
          type="button"
          class="big"
          onClick={() => void mark({ kind: "closed" }, t("record.marked"))}
        >
          {t("record.closed")}
        </button>
        <button
          type="button"
          class="big"
          aria-pressed={paused}
          onClick={() =>
            void mark(
              { kind: paused ? "resume" : "pause" },
              t(paused ? "phase.recording" : "phase.paused"),
            )
          }
        >
          {t(paused ? "record.resume" : "record.pause")}
        </button>
        <button
          type="button"
          class="big danger"
          onClick={() =>
            void attempt(async () => {
              await api.stopRecording(model.id);
              await model.refresh();
              onClose();
            })
          }
        >
          {t("record.stop")}
        </button>
      </section>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          const text = note.value.trim();
          if (!text) return;
          note.value = "";
          void mark({ kind: "note", text }, t("record.marked"));
        }}
      >
        <label>
          {t("record.note")}
          <input value={note.value} onInput={(event) => (note.value = event.currentTarget.value)} />
        </label>
        <button type="submit">{t("record.note.add")}</button>
      </form>
    </main>
  );
}

/** Which microphone, before it begins. */
function Choose({ model, onClose }: { model: MeetingModel; onClose(): void }) {
  const devices = useSignal<Device[] | null>(null);
  const chosen = useSignal("");
  useEffect(() => {
    void attempt(async () => {
      devices.value = (await api.getDevices()).devices;
      chosen.value = devices.value.find((one) => one.default)?.id ?? "";
    });
  }, []);
  return (
    <main id="main" class="narrow stack">
      <h1>{t("record.title")}</h1>
      <section class="card stack">
        <label>
          {t("record.device")}
          <select
            value={chosen.value}
            onChange={(event) => (chosen.value = event.currentTarget.value)}
          >
            {devices.value?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {devices.value?.length === 0 && <p class="warn-text">{t("record.no.device")}</p>}
        <p class="muted">{t("record.consent")}</p>
        <div class="acts">
          <button type="button" onClick={onClose}>
            {t("cancel")}
          </button>
          <button
            type="button"
            class="primary large"
            disabled={devices.value === null || devices.value.length === 0}
            onClick={() =>
              void attempt(async () => {
                await api.startRecording(model.id, chosen.value || undefined);
                await model.refresh();
              })
            }
          >
            ● {t("record.start")}
          </button>
        </div>
      </section>
    </main>
  );
}
