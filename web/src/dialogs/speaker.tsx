/** Names a speaker, in one turn or everywhere, with samples to listen to. */
import { useSignal } from "@preact/signals";
import type { Meeting, Turn } from "../api/wire";
import type { MeetingModel } from "../meeting/model";
import { people, sameSpeaker, samples, type Reach } from "../meeting/speakers";
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
  /** Otherwise it is the rest of a turn, from a word on. */
  const whole = meeting.turns.some((one) => one.start_ms === turn.start_ms);
  const reach = useSignal<Reach>(whole && same.length > 1 ? "everywhere" : "here");
  const written = useSignal("");
  const names = people(meeting.header);
  const voiced = turn.voice !== null;
  const reaches: [Reach, string][] = [
    ["here", t(voiced ? "speaker.voice.here" : "speaker.here", { time: clock(turn.start_ms) })],
  ];
  if (same.length > 1) {
    const words = voiced ? "speaker.voice.everywhere" : "speaker.everywhere";
    reaches.push(["everywhere", t(words, { n: same.length })]);
    if (voiced && same[0]?.start_ms !== turn.start_ms)
      reaches.push(["from-here", t("speaker.from.here")]);
  }
  const save = () => {
    onClose();
    void model.nameSpeaker(turn, written.value.trim() || name.value, reach.value);
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
                checked={written.value === "" && name.value === one}
                onChange={() => {
                  name.value = one;
                  written.value = "";
                }}
              />
              {one ?? t("speaker.unknown")}
            </label>
          ))}
          <label>
            {t("speaker.other")}
            <input
              value={written.value}
              onInput={(event) => (written.value = event.currentTarget.value)}
            />
          </label>
        </fieldset>
        <fieldset>
          <legend>{t("speaker.where")}</legend>
          {reaches.map(([one, words]) => (
            <label class="check" key={one}>
              <input
                type="radio"
                name="where"
                checked={reach.value === one}
                onChange={() => (reach.value = one)}
              />
              {words}
            </label>
          ))}
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
