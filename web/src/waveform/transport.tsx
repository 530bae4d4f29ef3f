/** The buttons of the sound. */
import type { Signal } from "@preact/signals";
import { Menu } from "../menu";
import { rewinds, showsWave, stopsAtLine } from "../player/habits";
import type { Player } from "../player/player";
import { clock } from "../time";
import { t, type Key } from "../words";

export function Transport({ player }: { player: Player }) {
  const playing = player.playing.value;
  return (
    <div
      class="transport"
      role="group"
      aria-label={t("sound")}
      ref={(place) => void place?.append(player.audio)}
    >
      <button type="button" title="F2" onClick={() => player.back()}>
        <span aria-hidden="true">↺</span> {t("sound.back")}
      </button>
      <button
        type="button"
        class="primary play"
        title="F4"
        aria-label={t(playing ? "sound.pause" : "sound.play")}
        onClick={() => player.toggle()}
      >
        <span aria-hidden="true">{playing ? "❚❚" : "▶"}</span>
      </button>
      <span class="clock">
        {clock(player.at.value)} <span class="muted">/ {clock(player.duration)}</span>
      </span>
      <button
        type="button"
        class="quiet"
        title="F7"
        aria-label={t("key.slower")}
        onClick={() => player.step(-1)}
      >
        −
      </button>
      <span class="rate" aria-live="polite" aria-label={t("sound.rate")} role="status">
        {player.rate.value.toLocaleString()}×
      </span>
      <button
        type="button"
        class="quiet"
        title="F8"
        aria-label={t("key.faster")}
        onClick={() => player.step(1)}
      >
        +
      </button>
      <Menu label={t("habit.title")}>
        <Habit on={stopsAtLine} words="habit.line" />
        <Habit on={rewinds} words="habit.rewind" />
        <Habit on={showsWave} words="habit.wave" />
      </Menu>
      {player.making.value !== null && (
        <span class="muted">{t("sound.making", { n: Math.round(player.making.value * 100) })}</span>
      )}
      {player.failed.value && (
        <span class="bad" role="alert">
          {t("sound.failed")}
        </span>
      )}
    </div>
  );
}

function Habit({ on, words }: { on: Signal<boolean>; words: Key }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={on.value}
        onChange={(event) => (on.value = event.currentTarget.checked)}
      />
      {t(words)}
    </label>
  );
}
