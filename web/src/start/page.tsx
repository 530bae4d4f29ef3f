/** The meetings of the library: a list with search, and the way to a new one. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { listMeetings } from "../api/client";
import { listenToLibrary } from "../api/events";
import type { MeetingList, MeetingRow } from "../api/wire";
import { say } from "../live";
import { follow, go, meetingPath } from "../route";
import { wording } from "../trouble";
import { day, duration, t } from "../words";
import { LanguageChoice } from "./language-choice";
import { handOver } from "./dropped";

/** From the last key to the search. */
const PAUSE_MS = 150;

export function StartPage() {
  const query = useSignal("");
  const list = useSignal<MeetingList | null>(null);
  const trouble = useSignal("");
  const over = useSignal(false);

  const look = async () => {
    const asked = query.peek();
    try {
      const found = await listMeetings(asked);
      if (asked !== query.peek()) return;
      list.value = found;
      trouble.value = "";
      if (asked) say(t("start.found", { n: found.meetings.length }));
    } catch (error) {
      trouble.value = wording(error);
    }
  };
  useEffect(() => {
    document.title = t("app.name");
    return listenToLibrary({ hello: () => void look(), meetings: () => void look() });
  }, []);
  useSignalEffect(() => {
    void query.value;
    const timer = setTimeout(() => void look(), list.peek() ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  });

  return (
    <div
      class={`start ${over.value ? "dropping" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={(event) => {
        if (event.target === event.currentTarget) over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        handOver([...(event.dataTransfer?.files ?? [])]);
        go("/#new");
      }}
    >
      <header class="start-head">
        <div>
          <h1>{t("app.name")}</h1>
          <p class="muted">{list.value?.library ?? " "}</p>
        </div>
        <LanguageChoice />
      </header>
      <main id="main">
        <div class="start-bar">
          <label class="search">
            <span class="unseen">{t("start.search")}</span>
            <input
              type="search"
              placeholder={t("start.search")}
              value={query.value}
              onInput={(event) => (query.value = event.currentTarget.value)}
            />
          </label>
          <a class="button primary" href="/#new" onClick={follow}>
            {t("start.new")}
          </a>
        </div>
        {trouble.value && (
          <p role="alert" class="bad">
            {trouble.value}
          </p>
        )}
        {list.value?.meetings.length === 0 && <Nothing searched={query.value !== ""} />}
        <ul class="meetings">
          {list.value?.meetings.map((row) => (
            <Meeting key={row.id} row={row} />
          ))}
        </ul>
      </main>
    </div>
  );
}

function Nothing({ searched }: { searched: boolean }) {
  return (
    <div class="empty card">
      <p>{t(searched ? "start.nothing" : "start.first")}</p>
      {!searched && <p class="muted">{t("start.first.more")}</p>}
    </div>
  );
}

function Meeting({ row }: { row: MeetingRow }) {
  return (
    <li>
      <a class="meeting" href={meetingPath(row.id)} onClick={follow}>
        <span class="meeting-title">{row.title || row.id}</span>
        <span class="meeting-facts muted">
          {row.date && <span>{day(row.date)}</span>}
          {row.start && <span>{t("start.at", { time: row.start })}</span>}
          {row.duration_ms !== null && <span>{duration(row.duration_ms)}</span>}
        </span>
        <span class="meeting-state">
          <span class={`chip state-${row.state}`}>{t(`state.${row.state}`)}</span>
          {row.open_proposals > 0 && (
            <span class="chip warn">{t("proposal.open", { n: row.open_proposals })}</span>
          )}
        </span>
        {row.snippet && <span class="snippet">{row.snippet}</span>}
      </a>
    </li>
  );
}
