/** The real program: meetings made with it, and its server, started and killed. */
import { expect, test as base, type Page } from "@playwright/test";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");
const BINARY = process.env.REFERAT ?? join(root, "target/debug/referat");
const DATA = process.env.XDG_DATA_HOME ?? join(homedir(), ".local/share");
const SAMPLE = join(root, "samples/kredsraad");

interface Utterance {
  start: number;
  end: number;
  speaker: string;
  text: string;
}

interface Gold {
  participants: { id: string; name: string }[];
  utterances: Utterance[];
  duration: number;
}

const gold = JSON.parse(
  readFileSync(join(root, "tests/data/kredsraad_soenderfjord/gold.json"), "utf8"),
) as Gold;

/** Runs the program to its end. */
export function referat(args: string[], env: Record<string, string> = {}): string {
  const done = spawnSync(BINARY, args, {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (done.status !== 0) throw new Error(`${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

export interface Segment {
  id: number;
  start_ms: number;
  end_ms: number;
  text: string;
  confidence: number;
  words: {
    start_ms: number;
    end_ms: number;
    text: string;
    confidence: number;
  }[];
}

/** What was said at the sample meeting, with the words spread over each utterance. */
export function segments(): Segment[] {
  return gold.utterances.map(({ start, end, text }, id) => {
    const [from, to] = [Math.round(start * 1000), Math.round(end * 1000)];
    const words = text.split(" ");
    const share = (to - from) / words.length;
    return {
      id,
      start_ms: from,
      end_ms: to,
      text,
      confidence: 0.9,
      words: words.map((word, index) => ({
        start_ms: Math.round(from + index * share),
        end_ms: Math.round(from + (index + 1) * share),
        text: word,
        confidence: index % 7 === 3 ? 0.5 : 0.95,
      })),
    };
  });
}

/** The people of the sample in the order in which they are first heard: `v1`, `v2` and so on. */
export function speakers(): string[] {
  const ids = [...new Set(gold.utterances.map(({ speaker }) => speaker))];
  return ids.map((id) => gold.participants.find((one) => one.id === id)?.name ?? id);
}

/** Who speaks when, by voice. */
function voiceTurns(): { start_ms: number; end_ms: number; voice: string }[] {
  const ids = [...new Set(gold.utterances.map(({ speaker }) => speaker))];
  return gold.utterances.map(({ start, end, speaker }) => ({
    start_ms: Math.round(start * 1000),
    end_ms: Math.round(end * 1000),
    voice: `v${ids.indexOf(speaker) + 1}`,
  }));
}

export function transcript(all: Segment[]): string {
  const sound = readFileSync(join(SAMPLE, "audio.flac"));
  return JSON.stringify({
    version: 1,
    language: "da",
    audio: [
      {
        path: "audio/audio.flac",
        sha256: createHash("sha256").update(sound).digest("hex"),
        duration_ms: Math.round(gold.duration * 1000),
        offset_ms: 0,
      },
    ],
    segments: all,
  });
}

/** A folder of meetings, and the settings of a user of its own. */
export class Library {
  readonly path = mkdtempSync(join(tmpdir(), "referat-web-"));
  readonly meetings = join(this.path, "Referater");
  readonly env = {
    XDG_CONFIG_HOME: join(this.path, "settings"),
    XDG_DATA_HOME: join(this.path, "data"),
    XDG_STATE_HOME: join(this.path, "state"),
    // The models are the machine's own.
    REFERAT_MODELS: process.env.REFERAT_MODELS ?? join(DATA, "referat/models"),
  };

  constructor() {
    mkdirSync(this.meetings);
  }

  /**
   * The sample meeting with its transcript and draft ready, and its voices where they are wanted;
   * returns its folder.
   */
  sample(name: string, { voices = false } = {}): string {
    const folder = join(this.meetings, name);
    referat(["new", folder, "--agenda", join(SAMPLE, "dagsorden.md")], this.env);
    mkdirSync(join(folder, "audio"), { recursive: true });
    cpSync(join(SAMPLE, "audio.flac"), join(folder, "audio/audio.flac"));
    writeFileSync(join(folder, "transcript.json"), transcript(segments()));
    const told = join(this.path, "voices.json");
    writeFileSync(told, JSON.stringify({ turns: voiceTurns() }));
    referat(["draft", folder, ...(voices ? ["--voices", told] : [])], this.env);
    return folder;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** The server of a library. */
export class Server {
  private child: ChildProcess | null = null;
  address = "";

  private constructor(
    private readonly library: Library,
    private readonly port: number,
  ) {}

  static async start(library: Library): Promise<Server> {
    const server = new Server(library, await freePort());
    await server.run();
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, also again; `address` is the one to open. */
  async run(): Promise<void> {
    const child = spawn(
      BINARY,
      ["edit", "--no-open", "--port", String(this.port), this.library.meetings],
      {
        env: { ...process.env, ...this.library.env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.child = child;
    let said = "";
    child.stderr.on("data", (data: Buffer) => (said += data.toString()));
    this.address = await new Promise<string>((done, failed) => {
      let out = "";
      child.stdout.on("data", (data: Buffer) => {
        out += data.toString();
        const url = /https?:\/\/\S+/.exec(out)?.[0];
        if (url) done(url);
      });
      child.on("exit", (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
    });
  }

  /** Ends it as a power cut would. */
  kill(): void {
    this.child?.removeAllListeners("exit");
    this.child?.kill("SIGKILL");
    this.child = null;
  }
}

interface Fixtures {
  library: Library;
  server: Server;
  /** The folder of the sample meeting, which is open in the page. */
  opened: string;
}

/** Every test has a library and a server of its own. */
export const test = base.extend<Fixtures>({
  library: async ({}, use) => {
    const library = new Library();
    await use(library);
    library.remove();
  },
  server: async ({ library }, use) => {
    const server = await Server.start(library);
    await use(server);
    server.kill();
  },
  opened: async ({ page, server, library }, use) => {
    const folder = library.sample("kredsraad");
    await openMeeting(page, server, "kredsraad");
    await use(folder);
  },
});
export { expect };

/** Opens a page of the program; the first address carries the token. */
export async function open(page: Page, server: Server, path = "/"): Promise<void> {
  const own = process.env.PAGES;
  if (own) {
    await page.route(/\/assets\//, (route) => {
      const path = join(own, new URL(route.request().url()).pathname);
      return existsSync(path) ? route.fulfill({ path }) : route.continue();
    });
    await page.route(/\/(m\/[^/]*)?(\?token.*)?(#.*)?$/, async (route) => {
      if (route.request().url().includes("token")) return route.continue();
      await route.fulfill({ path: join(own, "index.html") });
    });
  }
  await page.goto(server.address);
  if (path !== "/") await page.goto(server.origin + path);
}

/** Opens a meeting and waits until it can be written in. */
export async function openMeeting(page: Page, server: Server, name: string): Promise<void> {
  await open(page, server, `/m/${encodeURIComponent(name)}`);
  await page.locator(".draft .statement").first().waitFor();
}

/** Presses what stands under "Mere". */
export async function more(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Mere", exact: true }).click();
  await page.locator(".top-bar .menu-list").getByRole("button", { name }).click();
}

/** Types behind the line of a statement, counted from 0. */
export async function write(page: Page, statement: number, words: string): Promise<void> {
  await page.locator(".statement .line").nth(statement).click();
  await page.keyboard.press("End");
  await page.keyboard.type(words);
}

/** Waits until the page says that everything is saved. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator("[data-save]")).toHaveAttribute("data-save", "saved");
}

export function referatOf(folder: string): string {
  return readFileSync(join(folder, "referat.md"), "utf8");
}

/** What is settled of a draft; nothing before the first line is written. */
export function reviewOf(folder: string): Record<string, unknown>[] {
  const path = join(folder, "review.jsonl");
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

export interface Fact {
  id: string;
  kind: string;
  speaker: string | null;
  text: string;
  segments: number[];
  start_ms: number;
  end_ms: number;
}

/** The statements of the machine's draft. */
export function facts(folder: string): Fact[] {
  const minutes = JSON.parse(readFileSync(join(folder, "minutes.json"), "utf8")) as {
    sections: { statements: Fact[] }[];
  };
  return minutes.sections.flatMap((section) => section.statements);
}

/** When the speakers' turns begin. */
export function turnStarts(folder: string): number[] {
  const speakers = JSON.parse(readFileSync(join(folder, "speakers.json"), "utf8")) as {
    turns: { start_ms: number }[];
  };
  return speakers.turns.map((turn) => turn.start_ms);
}

/** Where the sound is, in milliseconds, and whether it plays. */
export function sound(page: Page): Promise<{ ms: number; playing: boolean }> {
  return page.evaluate(() => {
    const audio = document.querySelector("audio");
    return {
      ms: (audio?.currentTime ?? 0) * 1000,
      playing: audio ? !audio.paused : false,
    };
  });
}

/** A screenshot that is kept. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(root, `target/web/${name}.png`) });
}
