/** The server's stream of events, for as long as a page is open. */
import type {
  AudioMade,
  DocumentChanged,
  Job,
  MeetingJob,
  RecorderState,
  RevisionChanged,
} from "./wire";

interface MeetingEvents {
  hello: unknown;
  document: DocumentChanged;
  meeting: RevisionChanged;
  transcript: RevisionChanged;
  job: Job;
  recording: RecorderState | null;
  audio: AudioMade;
}

type Listeners<E> = { [name in keyof E]?: (data: E[name]) => void };

/**
 * Listens to a meeting. `hello` comes again after every break, so that what was missed can be
 * fetched; `lost` is called when the line breaks. Returns what ends it.
 */
export function listen(
  id: string,
  listeners: Listeners<MeetingEvents>,
  lost: () => void,
): () => void {
  return open(`/api/meetings/${encodeURIComponent(id)}/events`, listeners, lost);
}

interface LibraryEvents {
  hello: unknown;
  meetings: unknown;
  job: MeetingJob;
}

/** Listens to the whole library. */
export function listenToLibrary(listeners: Listeners<LibraryEvents>): () => void {
  return open("/api/events", listeners, () => undefined);
}

function open<E>(url: string, listeners: Listeners<E>, lost: () => void): () => void {
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource(url);
    for (const [name, call] of Object.entries(listeners) as [string, (data: unknown) => void][]) {
      source.addEventListener(name, (event) => {
        call(JSON.parse((event as MessageEvent<string>).data) as unknown);
      });
    }
    source.onerror = () => {
      lost();
      // The browser tries again by itself unless it was told to go away.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, 1000);
    };
  };
  // A browser opens few connections to one place: a page that is left gives its own back.
  const leave = () => {
    clearTimeout(again);
    source.close();
  };
  const back = (event: PageTransitionEvent) => {
    if (event.persisted) connect();
  };
  addEventListener("pagehide", leave);
  addEventListener("pageshow", back);
  connect();
  return () => {
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", back);
    leave();
  };
}
