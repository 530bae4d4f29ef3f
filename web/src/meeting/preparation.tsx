/** Before there is a draft: the agenda, the recordings, and the work on them. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../api/client";
import type { AgendaReading, Meeting } from "../api/wire";
import { RecordPanel } from "../record/panel";
import { follow } from "../route";
import { AgendaText } from "../start/agenda-text";
import { Understood } from "../start/understood";
import { attempt } from "../trouble";
import { day, t } from "../words";
import { JobPanel } from "./job";
import { ModelChoice } from "./model-choice";
import type { MeetingModel } from "./model";
import { Recordings } from "./recordings";

export function Preparation({ model, meeting }: { model: MeetingModel; meeting: Meeting }) {
  const reading = useSignal<AgendaReading | null>(null);
  const recording = useSignal(false);
  /** The model that the recording is written down by; the best where none is named. */
  const chosen = useSignal("");
  /** What is still being taken of the fields. */
  const taking = useRef<Promise<unknown>>(Promise.resolve());
  const { header, job } = meeting;
  const busy = job !== null && ["queued", "running", "paused"].includes(job.state);

  useEffect(() => {
    if (!meeting.has.agenda) return;
    void attempt(async () => (reading.value = await api.getAgenda(model.id)));
  }, [meeting.has.agenda]);

  if (meeting.recording || recording.value) {
    return (
      <RecordPanel model={model} meeting={meeting} onClose={() => (recording.value = false)} />
    );
  }
  const correct = (markdown: string) =>
    attempt(async () => {
      reading.value = await api.putAgenda(model.id, markdown);
      await model.refresh();
    });
  return (
    <main id="main" class="narrow stack">
      <a href="/" onClick={follow}>
        ‹ {t("app.meetings")}
      </a>
      <div>
        <h1>{header.title ?? meeting.id}</h1>
        <p class="muted">{header.date && day(header.date)}</p>
      </div>
      <JobPanel model={model} meeting={meeting} />
      <Recordings model={model} meeting={meeting} onRecord={() => (recording.value = true)} />
      {!busy && meeting.has.audio && (
        <div class="acts">
          {!meeting.has.transcript && <ModelChoice language={meeting.language} chosen={chosen} />}
          <button
            type="button"
            class="primary large"
            onClick={() =>
              void attempt(async () => {
                await taking.current;
                const started = await api.job(model.id, "start", chosen.value);
                model.data.value = { ...meeting, job: started };
              })
            }
          >
            {t(meeting.has.transcript ? "prepare.draft" : "prepare.start")}
          </button>
        </div>
      )}
      {reading.value && (
        <>
          <Understood
            reading={reading.value}
            onChange={correct}
            onTaking={(one) => (taking.current = one)}
          />
          {!busy && <AgendaText markdown={reading.value.markdown} onChange={correct} />}
        </>
      )}
    </main>
  );
}
