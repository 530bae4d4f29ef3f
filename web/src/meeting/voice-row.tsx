/** One voice: whose it is, how much it says, where to listen, what tells whose it is. */
import type { Voice } from "../api/wire";
import { clock } from "../time";
import { t } from "../words";
import { label, reason } from "./voice-words";

interface Props {
  voice: Voice;
  others: Voice[];
  colour: string;
  current: boolean;
  sample: number;
  onListen(n: number): void;
  onSuggested(): void;
  onMerge(into: string): void;
}

export function VoiceRow(props: Props) {
  const { voice, others, current } = props;
  const suggested = !voice.settled && voice.suggested !== null;
  const sure = Math.round(voice.confidence * 100);
  const called =
    voice.speaker ??
    (voice.settled
      ? t("speaker.unknown")
      : suggested
        ? t("voice.perhaps", { voice: label(voice.voice), name: voice.suggested ?? "" })
        : label(voice.voice));
  const facts = t("voice.facts", {
    time: clock(voice.total_ms),
    share: Math.round(voice.share * 100),
  });
  return (
    <li class={`voice ${props.colour} ${current ? "current" : ""}`}>
      <button
        type="button"
        class="voice-who"
        data-voice={voice.voice}
        tabIndex={current ? 0 : -1}
        aria-current={current ? "true" : undefined}
        onClick={() => props.onListen(0)}
      >
        <span class={`voice-name ${voice.speaker ? "" : "unknown"}`}>
          {called}
          {voice.settled && <span class="voice-settled"> ✓</span>}
        </span>
        <span class="muted">{facts}</span>
      </button>
      {current && (
        <div class="voice-samples" role="group" aria-label={t("voice.samples", { name: called })}>
          {voice.samples.map((span, n) => (
            <button
              type="button"
              key={span.start_ms}
              aria-pressed={n === props.sample}
              aria-label={t("speaker.sample", { n: n + 1, time: clock(span.start_ms) })}
              onClick={() => props.onListen(n)}
            >
              ▶ {n + 1}
            </button>
          ))}
        </div>
      )}
      {suggested && (
        <span class="voice-sure muted" title={t("voice.sure")}>
          {sure} %
        </span>
      )}
      {current && (
        <div class="voice-more">
          {voice.reasons.length > 0 && (
            <ul class="reasons">
              {voice.reasons.map((hint) => (
                <li key={`${hint.kind} ${hint.at_ms} ${hint.quote}`}>{reason(hint)}</li>
              ))}
            </ul>
          )}
          <div class="voice-acts">
            {suggested && (
              <button type="button" onClick={props.onSuggested}>
                {t("voice.take", { name: voice.suggested ?? "" })} <kbd>0</kbd>
              </button>
            )}
            {others.length > 0 && (
              <label>
                {t("voice.merge")}
                <select
                  value=""
                  onChange={(event) => {
                    if (event.currentTarget.value) props.onMerge(event.currentTarget.value);
                  }}
                >
                  <option value="">{t("voice.merge.none")}</option>
                  {others.map((one) => (
                    <option key={one.voice} value={one.voice}>
                      {one.speaker ?? label(one.voice)}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </div>
        </div>
      )}
    </li>
  );
}
