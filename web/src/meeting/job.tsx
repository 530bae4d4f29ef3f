/** How far the work on a meeting has come, and what can be done about it. */
import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { job as act } from "../api/client";
import type { Job, Meeting } from "../api/wire";
import { say } from "../live";
import { attempt } from "../trouble";
import { duration, t, type Key } from "../words";
import type { MeetingModel } from "./model";

const STAGES = ["listening", "transcribing", "diarizing", "drafting"] as const;

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  /** Only a strip, and only while something is going on. */
  slim?: boolean;
}

export function JobPanel({ model, meeting, slim }: Props) {
  const { job } = meeting;
  const told = useRef("");
  // Every tenth is read aloud; the bar itself is for the eye.
  useSignalEffect(() => {
    const now = model.data.value?.job;
    if (!now || now.state === "cancelled") return;
    const part = Math.floor(share(now) * 10) * 10;
    const words = now.state === "running" ? t("job.said", { n: part }) : t(`job.${now.state}`);
    if (words !== told.current && told.current !== "") say(words);
    told.current = words;
  });
  if (!job || (slim && !["running", "queued", "paused", "failed"].includes(job.state))) return null;
  const run = (action: "pause" | "resume" | "cancel" | "start") =>
    void attempt(async () => {
      const now = await act(model.id, action);
      model.data.value = { ...meeting, job: now };
    });
  const running = job.state === "running" || job.state === "queued";
  return (
    <section class={`job ${slim ? "slim" : "card"}`} aria-label={t("job.name")}>
      {!slim && <Stages job={job} />}
      <div class="job-line">
        <strong>
          {t(running && !model.online.value ? "job.lost" : (`job.${job.state}` as Key))}
        </strong>
        {job.state === "running" && job.stage && (
          <span class="muted">
            {t(`stage.${job.stage}`)}
            {job.recording && ` · ${job.recording}`}
          </span>
        )}
        {job.state === "queued" && job.place > 0 && (
          <span class="muted">{t("job.place", { n: job.place })}</span>
        )}
        {job.state === "running" && job.left_ms !== null && (
          <span class="muted">{t("job.left", { time: duration(job.left_ms) })}</span>
        )}
      </div>
      {(running || job.state === "paused") && (
        <progress max={1} value={share(job)} aria-label={t("job.name")} />
      )}
      {job.error && (
        <div role="alert" class="bad">
          <p>{t(job.error.died ? "job.died" : "job.failed.more")}</p>
          {!job.error.died && (
            <details>
              <summary>{t("job.details")}</summary>
              <p lang="en">
                {job.error.message}
                {job.error.tip && ` ${job.error.tip}`}
              </p>
            </details>
          )}
        </div>
      )}
      {running && !model.online.value && (
        <p role="alert" class="bad">
          {t("job.away")}
        </p>
      )}
      <div class="acts">
        {running && (
          <button type="button" onClick={() => run("pause")}>
            {t("job.pause")}
          </button>
        )}
        {job.state === "paused" && (
          <button type="button" class="primary" onClick={() => run("resume")}>
            {t("job.resume")}
          </button>
        )}
        {(running || job.state === "paused") && (
          <button type="button" onClick={() => run("cancel")}>
            {t("job.cancel")}
          </button>
        )}
        {(job.state === "failed" || job.state === "cancelled") && (
          <button type="button" class="primary" onClick={() => run("start")}>
            {t("job.again")}
          </button>
        )}
      </div>
      {!slim && running && <p class="muted">{t("job.close")}</p>}
    </section>
  );
}

/** Returns how much is done, 0 to 1. */
export function share({ done_ms, total_ms }: Job): number {
  return total_ms ? Math.min(1, done_ms / total_ms) : 0;
}

function Stages({ job }: { job: Job }) {
  const now = job.state === "done" ? STAGES.length : STAGES.findIndex((one) => one === job.stage);
  return (
    <ol class="stages">
      {STAGES.map((stage, index) => (
        <li
          key={stage}
          class={index < now ? "done" : index === now ? "now" : ""}
          aria-current={index === now ? "step" : undefined}
        >
          {t(`stage.${stage}`)}
        </li>
      ))}
    </ol>
  );
}
