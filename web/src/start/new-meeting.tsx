/** A new meeting from a dagsorden: what was understood is shown and can be corrected. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { createMeeting, readAgenda } from "../api/client";
import type { AgendaReading } from "../api/wire";
import { handOver, isRecording, takeOver } from "./dropped";
import { say } from "../live";
import { follow, go, meetingPath } from "../route";
import { attempt } from "../trouble";
import { t } from "../words";
import { AgendaText } from "./agenda-text";
import { DropPlace } from "./drop-place";
import { Understood } from "./understood";

export function NewMeeting() {
  const reading = useSignal<AgendaReading | null>(null);
  const recordings = useSignal<File[]>([]);
  const busy = useSignal(false);
  const pasted = useSignal("");
  /** What is still being taken of the fields. */
  const taking = useRef<Promise<unknown>>(Promise.resolve());

  const read = (source: string | File) =>
    attempt(async () => {
      reading.value = await readAgenda(source);
      say(t("new.understood.said", { n: reading.value.agenda.length }));
    });
  const take = (files: File[]) => {
    recordings.value = [...recordings.value, ...files.filter(isRecording)];
    const agenda = files.find((file) => !isRecording(file));
    if (agenda) void read(agenda);
  };
  useEffect(() => {
    document.title = `${t("start.new")} – ${t("app.name")}`;
    take(takeOver());
  }, []);

  const names = () => recordings.value.map(({ name }) => name).join(", ");
  const create = async () => {
    busy.value = true;
    await attempt(async () => {
      await taking.current;
      // A recording may come first: its dagsorden is then given at the meeting.
      const understood = reading.value ?? (await readAgenda(`# ${t("new.bare")}\n`));
      const { id } = await createMeeting(understood.markdown, understood.name);
      handOver(recordings.value);
      go(meetingPath(id));
    });
    busy.value = false;
  };

  return (
    <main id="main" class="narrow">
      <a href="/" onClick={follow}>
        ‹ {t("app.meetings")}
      </a>
      <h1>{t("start.new")}</h1>
      {reading.value === null ? (
        <div class="stack">
          {recordings.value.length > 0 && (
            <section class="card stack" aria-label={t("recordings")}>
              <p>{t("new.recordings", { names: names() })}</p>
              <p class="muted">{t("new.without")}</p>
              <button type="button" disabled={busy.value} onClick={() => void create()}>
                {t("new.create.without")}
              </button>
            </section>
          )}
          <DropPlace
            title={t("new.drop")}
            more={t("new.drop.more")}
            accept=".md,.txt,.docx,.pdf,audio/*,video/*"
            onFiles={take}
          />
          <form
            class="card stack"
            onSubmit={(event) => {
              event.preventDefault();
              void read(pasted.value);
            }}
          >
            <label>
              {t("new.paste")}
              <textarea
                rows={8}
                value={pasted.value}
                onInput={(event) => (pasted.value = event.currentTarget.value)}
              />
            </label>
            <button type="submit" disabled={pasted.value.trim() === ""}>
              {t("new.read")}
            </button>
          </form>
        </div>
      ) : (
        <div class="stack">
          <Understood
            reading={reading.value}
            onChange={read}
            onTaking={(one) => (taking.current = one)}
          />
          <AgendaText markdown={reading.value.markdown} onChange={read} />
          {recordings.value.length > 0 && (
            <p class="muted">{t("new.recordings", { names: names() })}</p>
          )}
          <div class="acts">
            <button type="button" onClick={() => (reading.value = null)}>
              {t("new.again")}
            </button>
            <button
              type="button"
              class="primary"
              disabled={busy.value}
              onClick={() => void create()}
            >
              {t("new.create")}
            </button>
          </div>
        </div>
      )}
    </main>
  );
}
