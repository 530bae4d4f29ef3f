/** Names a speaker, in one turn or everywhere, with samples to listen to. */
import { useSignal } from "@preact/signals";
import type { Meeting, Turn } from "../api/types";
import type { MeetingModel } from "../meeting/model";
import { people, sameSpeaker, samples } from "../meeting/speakers";
import { clock } from "../time";
import { named, t } from "../words";
import { Dialog } from "./dialog";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  turn: Turn;
  onClose(): void;
}

export function SpeakerDialog({ model, meeting, turn, onClose }: Props) {
  const name = useSignal<string | null>(turn.speaker);
  const same = sameSpeaker(meeting.turns, turn);
  const everywhere = useSignal(same.length > 1);
  const names = people(meeting.header);
  const save = () => {
    onClose();
    void model.nameSpeaker(turn, name.value, everywhere.value);
  };
  return (
    <Dialog title={t("speaker.title")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div class="samples" role="group" aria-label={t("speaker.samples")}>
          {samples(meeting.turns, turn).map((span, index) => (
            <button
              type="button"
              key={span.start_ms}
              onClick={() => void model.player.playFrom(span.start_ms, span)}
            >
              ▶ {t("speaker.sample", { n: index + 1, time: clock(span.start_ms) })}
            </button>
          ))}
        </div>
        {turn.basis && (
          <p class="muted">
            {t("speaker.basis", { why: named(`basis.${turn.basis.kind}`, turn.basis.kind) })}
            {turn.basis.quote && ` “${turn.basis.quote}”`}
          </p>
        )}
        <fieldset>
          <legend>{t("speaker.who")}</legend>
          {[...names, null].map((one) => (
            <label class="check" key={one}>
              <input
                type="radio"
                name="speaker"
                checked={name.value === one}
                onChange={() => (name.value = one)}
              />
              {one ?? t("speaker.unknown")}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t("speaker.where")}</legend>
          <label class="check">
            <input
              type="radio"
              name="where"
              checked={!everywhere.value}
              onChange={() => (everywhere.value = false)}
            />
            {t("speaker.here", { time: clock(turn.start_ms) })}
          </label>
          {same.length > 1 && (
            <label class="check">
              <input
                type="radio"
                name="where"
                checked={everywhere.value}
                onChange={() => (everywhere.value = true)}
              />
              {t("speaker.everywhere", { n: same.length })}
            </label>
          )}
        </fieldset>
        <div class="acts">
          <button type="button" onClick={onClose}>
            {t("cancel")}
          </button>
          <button type="submit" class="primary">
            {t("speaker.save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
