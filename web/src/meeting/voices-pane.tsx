/**
 * The voices: one listens, and a number names who speaks and goes on to the next. Its keys work
 * while something in it has the focus.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Meeting, Voice, Voices } from "../api/wire";
import { say } from "../live";
import { colours } from "../transcript/colours";
import { t } from "../words";
import type { MeetingModel } from "./model";
import { people } from "./speakers";
import { VoiceNames } from "./voice-names";
import { VoiceRow } from "./voice-row";
import { nextOpen } from "./voices";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  voices: Voices;
  onClose(): void;
}

export function VoicesPane({ model, meeting, voices, onClose }: Props) {
  const pane = useRef<HTMLElement>(null);
  const current = useSignal<string | null>(null);
  const sample = useSignal(0);
  const naming = model.naming.value;
  const list = voices.list.map((one) =>
    naming.has(one.voice) ? { ...one, speaker: naming.get(one.voice) ?? null, settled: true } : one,
  );
  const names = useNames(meeting, list);
  const palette = colours(meeting.turns);
  const voice = list.find((one) => one.voice === current.value);

  const listen = (one: Voice, n: number) => {
    const span = one.samples[n];
    current.value = one.voice;
    sample.value = n;
    if (span) void model.player.playFrom(span.start_ms, span);
  };
  const go = (one: Voice | undefined) => {
    if (!one) return;
    listen(one, 0);
    requestAnimationFrame(() =>
      pane.current?.querySelector<HTMLElement>(`[data-voice="${one.voice}"]`)?.focus(),
    );
  };
  const goOn = (from: string) => {
    const next = nextOpen(list, from, (one) => one.settled || one.voice === from);
    if (next) return go(next);
    model.player.pause();
    say(t("voices.all"));
    requestAnimationFrame(() =>
      pane.current?.querySelector<HTMLElement>(`[data-voice="${from}"]`)?.focus(),
    );
  };
  const name = (given: string | null | undefined) => {
    if (!voice || given === undefined) return;
    void model.nameVoice(voice, given);
    goOn(voice.voice);
  };
  const step = (by: number) => go(list[list.findIndex((one) => one === voice) + by]);
  const another = (by: number) => {
    if (!voice || voice.samples.length === 0) return;
    const count = voice.samples.length;
    listen(voice, (sample.value + by + count) % count);
  };
  useEffect(() => go(nextOpen(list, null, (one) => one.settled) ?? list[0]), []);

  const keys: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    ArrowRight: () => another(1),
    ArrowLeft: () => another(-1),
    "0": () => name(voice?.suggested ?? undefined),
    a: () => void model.takeSuggestions(),
    u: () => name(null),
    n: () => pane.current?.querySelector<HTMLElement>(".names input")?.focus(),
    Escape: onClose,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const field =
      event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (field) {
      if (event.key === "Escape") go(voice);
      return;
    }
    const digit = /^[1-9]$/.test(event.key) ? names[Number(event.key) - 1] : undefined;
    const act = digit === undefined ? keys[event.key] : () => name(digit);
    if (!act) return;
    event.preventDefault();
    act();
  };

  const open = list.filter(({ settled, suggested }) => !settled && suggested !== null).length;
  return (
    <section class="pane pane-voices" aria-label={t("voices")} ref={pane} onKeyDown={onKeyDown}>
      <header>
        <h2>{t("voices")}</h2>
        <button type="button" class="quiet" onClick={onClose}>
          {t("voices.close")}
        </button>
      </header>
      <p class="muted">{t("voices.help")}</p>
      <ol class="voice-list">
        {list.map((one) => (
          <VoiceRow
            key={one.voice}
            voice={one}
            others={list.filter(({ voice }) => voice !== one.voice)}
            colour={palette.get(one.speaker ?? one.voice) ?? palette.get(one.voice) ?? "voice-none"}
            current={one.voice === current.value}
            sample={sample.value}
            onListen={(n) => listen(one, n)}
            onSuggested={() => name(one.suggested)}
            onMerge={(into) => {
              void model.mergeVoices(one.voice, into);
              go(list.find(({ voice }) => voice === into));
            }}
          />
        ))}
      </ol>
      {open > 0 && (
        <button type="button" class="primary" onClick={() => void model.takeSuggestions()}>
          {t("voices.take", { n: open })} <kbd>A</kbd>
        </button>
      )}
      <VoiceNames names={names} voices={list} onName={name} />
    </section>
  );
}

/** Everybody who may speak, in an order that stays: who comes to it stands at its end. */
function useNames(meeting: Meeting, list: Voice[]): string[] {
  const known = useRef<string[]>([]);
  const given = list.flatMap(({ speaker }) => speaker ?? []);
  const now = new Set([...people(meeting.header), ...given]);
  known.current = [...known.current, ...[...now].filter((name) => !known.current.includes(name))];
  return known.current;
}
