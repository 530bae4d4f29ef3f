/** The recordings of a meeting: dropped with progress, or recorded here. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/client";
import type { Meeting } from "../api/wire";
import { say } from "../live";
import { isRecording, takeOver } from "../start/dropped";
import { DropPlace } from "../start/drop-place";
import { attempt, wording } from "../trouble";
import { duration, t } from "../words";
import type { MeetingModel } from "./model";

interface Upload {
  name: string;
  done: number;
  trouble: string | null;
}

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  onRecord(): void;
}

export function Recordings({ model, meeting, onRecord }: Props) {
  const uploads = useSignal<Upload[]>([]);

  const set = (name: string, change: Partial<Upload>) => {
    uploads.value = uploads.value.map((one) => (one.name === name ? { ...one, ...change } : one));
  };
  const take = async (files: File[]) => {
    const names = files.map(({ name }) => name);
    uploads.value = [
      ...uploads.value.filter(({ name }) => !names.includes(name)),
      ...names.map((name) => ({ name, done: 0, trouble: null })),
    ];
    // One after another, so that they stand in the order in which they were given.
    for (const file of files) {
      try {
        await api.upload(model.id, file, (done) => set(file.name, { done }));
        uploads.value = uploads.value.filter(({ name }) => name !== file.name);
        say(t("upload.done", { name: file.name }));
        await model.refresh();
      } catch (error) {
        set(file.name, { trouble: wording(error) });
        say(wording(error));
      }
    }
  };
  useEffect(() => {
    const waiting = takeOver().filter(isRecording);
    if (waiting.length > 0) void take(waiting);
  }, []);

  return (
    <section class="card stack" aria-label={t("recordings")}>
      <h2>{t("recordings")}</h2>
      {meeting.recordings.length > 0 && (
        <ul class="files">
          {meeting.recordings.map(({ n, name, duration_ms }) => (
            <li key={n}>
              <span>{name}</span>
              <span class="muted">{duration_ms !== null && duration(duration_ms)}</span>
              {!meeting.has.transcript && (
                <button
                  type="button"
                  class="quiet"
                  aria-label={t("recordings.remove", { name })}
                  onClick={() =>
                    void attempt(async () => {
                      await api.removeRecording(model.id, n);
                      await model.refresh();
                    })
                  }
                >
                  ✕
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {uploads.value.map(({ name, done, trouble }) => (
        <div class="upload" key={name}>
          <span>{name}</span>
          {trouble ? (
            <span role="alert" class="bad">
              {trouble}{" "}
              <button
                type="button"
                class="quiet"
                aria-label={t("recordings.remove", { name })}
                onClick={() => {
                  uploads.value = uploads.value.filter((one) => one.name !== name);
                }}
              >
                ✕
              </button>
            </span>
          ) : (
            <progress max={1} value={done} aria-label={t("upload.name", { name })} />
          )}
        </div>
      ))}
      {!meeting.has.transcript && (
        <>
          <DropPlace
            title={t("recordings.drop")}
            more={t("recordings.drop.more")}
            accept="audio/*,video/*"
            onFiles={(files) => void take(files)}
          />
          <div class="acts">
            <button type="button" onClick={onRecord}>
              ● {t("record.start.here")}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
