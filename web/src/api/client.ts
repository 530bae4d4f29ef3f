/** Requests to the server, one function per thing it can do. */
import type {
  AgendaReading,
  ApprovedAnswer,
  DeviceList,
  DocumentAnswer,
  ExportRequest,
  GenerationList,
  Job,
  MadeMeeting,
  Making,
  MarkKind,
  Meeting,
  MeetingList,
  Models,
  Part,
  Peaks,
  PurgePlan,
  PurgeReceipt,
  RecorderState,
  RedraftOutcome,
  Restored,
  ReviewLine,
  SavedAnswer,
  Session,
  TextsAnswer,
  TranscriptColumns,
} from "./wire";
import type { Block } from "../document/block";

/** How the texts stand after a draft was made again or an earlier one was brought back. */
export type Redrafted = TextsAnswer<RedraftOutcome>;
export type Brought = TextsAnswer<Restored>;

export type { ExportRequest };

/** The server said no. `code` is stable; the message is English and for those who help. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly body: Record<string, unknown>,
  ) {
    super(message);
  }
}

/** The server did not answer: it is stopped, or the machine sleeps. */
export class Away extends Error {}

async function send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, { method, ...init });
  } catch (cause) {
    throw new Away("no answer", { cause });
  }
  if (response.ok) return response;
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const code = typeof body.error === "string" ? body.error : "failed";
  const message = typeof body.message === "string" ? body.message : response.statusText;
  throw new Refused(response.status, code, message, body);
}

async function json<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const response = await send(method, path, init);
  return (response.status === 204 ? null : await response.json()) as T;
}

const at = (id: string, rest = "") => `/meetings/${encodeURIComponent(id)}${rest}`;

export const getSession = () => json<Session>("GET", "/session");
export const login = (password: string) => json<null>("POST", "/login", { password });

export const listMeetings = (query: string) =>
  json<MeetingList>("GET", `/meetings?q=${encodeURIComponent(query)}`);

/** Asks what is understood of a dagsorden; nothing is written. */
export async function readAgenda(source: string | File): Promise<AgendaReading> {
  const headers: Record<string, string> =
    typeof source === "string"
      ? { "content-type": "text/plain; charset=utf-8" }
      : {
          "content-type": "application/octet-stream",
          "x-file-name": encodeURIComponent(source.name),
        };
  const response = await send("POST", "/agenda", { body: source, headers });
  return (await response.json()) as AgendaReading;
}

/** Asks what is understood of a dagsorden with these facts and items; nothing is written. */
export const correctAgenda = (corrected: Pick<AgendaReading, "header" | "agenda" | "language">) =>
  json<AgendaReading>("POST", "/agenda", corrected);

export const createMeeting = (markdown: string, name?: string) =>
  json<MadeMeeting>("POST", "/meetings", { markdown, ...(name && { name }) });

export const getMeeting = (id: string) => json<Meeting>("GET", at(id));
export const getTranscript = (id: string) => json<TranscriptColumns>("GET", at(id, "/transcript"));
export const getAgenda = (id: string) => json<AgendaReading>("GET", at(id, "/agenda"));
export const putAgenda = (id: string, markdown: string) =>
  json<AgendaReading>("PUT", at(id, "/agenda"), { markdown });

export const getDocument = (id: string, part: Part) =>
  json<DocumentAnswer>("GET", at(id, `/document?part=${part}`));
export const putDocument = (
  id: string,
  part: Part,
  body: { base: string; blocks: Block[] } | { base_blocks: Block[]; blocks: Block[] },
) => json<SavedAnswer>("PUT", at(id, `/document?part=${part}`), body);

export const review = (id: string, lines: ReviewLine[]) =>
  json<Redrafted>("POST", at(id, "/review"), { lines });
export const redraft = (id: string) => json<Redrafted>("POST", at(id, "/redraft"), {});

export const job = (id: string, action: "start" | "pause" | "resume" | "cancel", model?: string) =>
  json<Job>("POST", at(id, "/job"), { action, ...(model && { model }) });
export const getModels = () => json<Models>("GET", "/models");

export const removeRecording = (id: string, n: number) =>
  json<null>("DELETE", at(id, `/audio/${n}`));

/** Uploads a recording and tells how far it has come, 0 to 1. */
export function upload(id: string, file: File, progress: (done: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/api${at(id, `/audio/${encodeURIComponent(file.name)}`)}`);
    request.upload.onprogress = (event) => progress(event.loaded / Math.max(1, event.total));
    request.onerror = () => reject(new Away("no answer"));
    request.onload = () => {
      if (request.status < 300) return resolve();
      let body: Record<string, unknown> = {};
      try {
        body = JSON.parse(request.responseText) as Record<string, unknown>;
      } catch {
        // An answer that is not JSON says no more than its status does.
      }
      const code = typeof body.error === "string" ? body.error : "failed";
      reject(new Refused(request.status, code, String(body.message ?? ""), body));
    };
    request.send(file);
  });
}

/** Fetches something that the server may first have to make. */
export async function made<T extends object>(
  url: string,
  waiting: (done: number) => void,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    const response = await fetch(url, { signal });
    if (!response.ok && response.status !== 202) {
      throw new Refused(response.status, "failed", response.statusText, {});
    }
    if (response.status !== 202) return (await response.json()) as T;
    waiting(((await response.json()) as Making).done);
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
}

export const getPeaks = (url: string, waiting: (done: number) => void, signal: AbortSignal) =>
  made<Peaks>(url, waiting, signal);

/** Waits until a recording's playback copy can be fetched from `url`. */
export async function copyMade(url: string, waiting: (done: number) => void): Promise<void> {
  for (;;) {
    const response = await fetch(url, { headers: { range: "bytes=0-0" } });
    if (response.status !== 202) return;
    waiting(((await response.json()) as Making).done);
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
}

export const getHistory = (id: string) => json<GenerationList>("GET", at(id, "/history"));
export const getGeneration = (id: string, generation: number, part: Part) =>
  json<DocumentAnswer>("GET", at(id, `/history/${generation}?part=${part}`));
export const restoreGeneration = (id: string, generation: number) =>
  json<Brought>("POST", at(id, `/history/${generation}/restore`), {});

/** Returns the exported file and its name. */
export async function exportFile(
  id: string,
  request: ExportRequest,
): Promise<{ name: string; blob: Blob }> {
  const response = await send("POST", at(id, "/export"), {
    body: JSON.stringify(request),
    headers: { "content-type": "application/json" },
  });
  const disposition = response.headers.get("content-disposition") ?? "";
  const starred = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const name = starred ? decodeURIComponent(starred) : `referat.${request.format}`;
  return { name, blob: await response.blob() };
}

export const previewUrl = (id: string, { profile, draft, closed }: ExportRequest) => {
  const query = new URLSearchParams({ draft: String(draft), closed: String(closed) });
  if (profile) query.set("profile", profile);
  return `/api${at(id, `/preview?${query}`)}`;
};

export const approve = (id: string, by: string) =>
  json<ApprovedAnswer>("POST", at(id, "/approve"), by ? { by } : {});
export const withdrawApproval = (id: string) => json<null>("DELETE", at(id, "/approve"));
/** The receipts of what was deleted, the newest first. */
export const getReceipts = (id: string) => json<PurgeReceipt[]>("GET", at(id, "/purge"));
export const planPurge = (id: string, scope: string[]) =>
  json<PurgePlan>("POST", at(id, "/purge"), { scope, dry_run: true, unapproved: true });
export const purge = (id: string, scope: string[], by: string, unapproved: boolean) =>
  json<PurgeReceipt>("POST", at(id, "/purge"), { scope, unapproved, ...(by && { by }) });

export const getDevices = () => json<DeviceList>("GET", "/devices");
export const startRecording = (id: string, device?: string) =>
  json<RecorderState>("POST", at(id, "/record"), { action: "start", ...(device && { device }) });
export const markRecording = (id: string, mark: MarkKind) =>
  json<RecorderState>("POST", at(id, "/record"), { action: "mark", mark });
export const stopRecording = (id: string) =>
  json<null>("POST", at(id, "/record"), { action: "stop" });
