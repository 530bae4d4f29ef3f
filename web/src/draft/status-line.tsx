/** How much there is in the draft, and how much of it is open; each part leads to the next of it. */
import type { Meeting } from "../api/wire";
import { after, type Place } from "../editor/places";
import type { MeetingModel } from "../meeting/model";
import { unknownSpeakers } from "../meeting/unknown";
import { counted, t } from "../words";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  /** Returns where the cursor stands. */
  from(): number;
  onPlace(place: Place): void;
  onVoices(): void;
}

const PARTS = [
  { key: "count.proposal", kinds: ["proposal"] },
  { key: "count.decision", kinds: ["decision"] },
  { key: "count.action", kinds: ["action"] },
  { key: "count.unsure", kinds: ["doubt", "unsure"] },
] as const;

export function StatusLine({ model, meeting, from, onPlace, onVoices }: Props) {
  const places = model.places.value;
  const unknown = unknownSpeakers(meeting);
  return (
    <div class="status-line" role="group" aria-label={t("count.title")}>
      {PARTS.map(({ key, kinds }) => {
        const all = places.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
        const open = all.filter((place) => place.open);
        const asked = key === "count.decision" || key === "count.action";
        const shown = asked ? all : open;
        if (shown.length === 0) return null;
        return (
          <button
            key={key}
            type="button"
            class={`quiet ${open.length > 0 ? "open" : "settled"}`}
            title={asked ? t("count.open", { n: open.length }) : t("count.next")}
            onClick={() => {
              const next = after(open.length > 0 ? open : all, from());
              if (next) onPlace(next);
            }}
          >
            {counted(key, shown.length)}
          </button>
        );
      })}
      {unknown > 0 && (
        <button type="button" class="quiet open" onClick={onVoices}>
          {counted("count.speaker", unknown)}
        </button>
      )}
    </div>
  );
}
