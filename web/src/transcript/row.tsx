/** One segment of the transcript: its time, who speaks where a turn begins, and its words. */
import { useComputed, type ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Turn } from "../api/wire";
import type { Player } from "../player/player";
import { t } from "../words";
import type { Transcript, Word } from "./transcript";

interface Props {
  row: number;
  count: number;
  transcript: Transcript;
  turn: Turn | undefined;
  begins: boolean;
  colour: string;
  flagged: boolean;
  current: ReadonlySignal<number>;
  player: Player;
  lit: ReadonlySignal<Set<number> | null>;
  time: string;
  onSpeaker(turn: Turn): void;
}

export function Row(props: Props) {
  const { row, transcript, turn, begins, colour, current, player, lit, time } = props;
  const words = useMemo(() => transcript.words(row), [transcript, row]);
  const start = transcript.start(row);
  const isCurrent = useComputed(() => current.value === row);
  const isLit = useComputed(() => lit.value?.has(transcript.columns.id[row] ?? -1) ?? false);
  // Only the row that is being said listens to every tick of the sound.
  const said = useComputed(() => (isCurrent.value ? transcript.wordAt(player.at.value) : -1));
  const reachable = isCurrent.value ? 0 : -1;
  const name = turn?.speaker ?? turn?.voice ?? t("speaker.unknown");
  return (
    <li
      data-row={row}
      class={`row ${colour} ${isCurrent.value ? "current" : ""} ${isLit.value ? "lit" : ""}`}
      aria-setsize={props.count}
      aria-posinset={row + 1}
      aria-current={isCurrent.value ? "true" : undefined}
    >
      {begins && turn && (
        <button
          type="button"
          class={`who ${turn.speaker ? "" : "unknown"}`}
          tabIndex={reachable}
          title={t("speaker.change")}
          onClick={(event) => {
            event.stopPropagation();
            props.onSpeaker(turn);
          }}
        >
          {name}
        </button>
      )}
      <div class="said-row">
        <button
          type="button"
          class="time"
          tabIndex={reachable}
          data-ms={start}
          aria-label={t("play.from", { time })}
        >
          {time}
        </button>
        <p lang={transcript.columns.language}>
          {words.map((word) => (
            <WordSpan key={word.index} word={word} said={said.value === word.index} />
          ))}
          {props.flagged && <span class="flag">{t("transcript.flagged")}</span>}
        </p>
      </div>
    </li>
  );
}

function WordSpan({ word, said }: { word: Word; said: boolean }) {
  const kind = `${word.doubtful ? "doubtful" : ""} ${said ? "now" : ""} ${word.heard ? "named" : ""}`;
  const title = word.heard
    ? t("word.heard", { heard: word.heard })
    : word.doubtful
      ? t("word.doubtful")
      : undefined;
  return (
    <>
      <span class={`word ${kind}`} data-ms={word.start_ms} title={title}>
        {word.text}
      </span>{" "}
    </>
  );
}
