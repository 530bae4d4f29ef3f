/** Who may speak: the first nine have a number, and somebody else is written. */
import { useSignal } from "@preact/signals";
import type { Voice } from "../api/wire";
import { t } from "../words";

interface Props {
  names: string[];
  voices: Voice[];
  onName(name: string | null): void;
}

/** So many have a key of their own. */
const NUMBERED = 9;

export function VoiceNames({ names, voices, onName }: Props) {
  const written = useSignal("");
  const given = new Set(voices.flatMap(({ speaker }) => speaker ?? []));
  return (
    <div class="names">
      <h3>{t("speaker.title")}</h3>
      <ol>
        {names.map((name, index) => (
          <li key={name}>
            <button type="button" onClick={() => onName(name)}>
              {index < NUMBERED ? <kbd>{index + 1}</kbd> : <span class="no-key" />}
              <span>{name}</span>
              {given.has(name) && (
                <span class="voice-settled" title={t("voices.has")}>
                  ✓<span class="unseen">{t("voices.has")}</span>
                </span>
              )}
            </button>
          </li>
        ))}
        <li>
          <button type="button" onClick={() => onName(null)}>
            <kbd>U</kbd>
            <span>{t("speaker.unknown")}</span>
          </button>
        </li>
      </ol>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          const name = written.value.trim();
          if (name === "") return;
          written.value = "";
          onName(name);
        }}
      >
        <label>
          <span>
            {t("voices.other")} <kbd>N</kbd>
          </span>
          <input
            value={written.value}
            onInput={(event) => (written.value = event.currentTarget.value)}
          />
        </label>
        <button type="submit">{t("voices.add")}</button>
      </form>
    </div>
  );
}
