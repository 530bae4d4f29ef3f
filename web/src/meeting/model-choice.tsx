/** Which model writes the recording down: the best that is installed, or another. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/client";
import type { Models } from "../api/wire";
import { attempt } from "../trouble";
import { size, t } from "../words";

interface Props {
  language: string;
  /** The name of the model; empty for the best. */
  chosen: Signal<string>;
}

export function ModelChoice({ language, chosen }: Props) {
  const models = useSignal<Models | null>(null);
  useEffect(() => {
    void attempt(async () => (models.value = await api.getModels()));
  }, []);
  if (!models.value) return null;
  const { installed } = models.value;
  const best = models.value.chosen[language];
  if (installed.length === 0 || !best) return <p class="warn-text">{t("model.none")}</p>;
  return (
    <label class="model-choice">
      {t("model")}
      <select value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
        <option value="">{t("model.best", { name: best })}</option>
        {installed.map(({ name, bytes }) => (
          <option key={name} value={name}>
            {name} ({size(bytes)})
          </option>
        ))}
      </select>
    </label>
  );
}
