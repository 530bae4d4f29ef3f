/** Everybody can use it: axe finds nothing serious, and the keyboard is enough. */
import type { Page } from "@playwright/test";
import axe from "axe-core";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Meeting } from "../../../web/src/api/wire";
import {
  expect,
  facts,
  more,
  open,
  openMeeting,
  picture,
  referatOf,
  reviewOf,
  root,
  saved,
  test,
  type Fact,
} from "./program";

/** What axe finds that keeps somebody out. */
async function serious(page: Page): Promise<string[]> {
  // Evaluated from here, past the page's own policy on scripts.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await run.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes
          .slice(0, 4)
          .map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
      );
  });
}

/** A meeting at which there is work, as the server tells of it. */
const BUSY: Record<string, Partial<Meeting>> = {
  working: {
    job: {
      state: "running",
      model: null,
      stage: "transcribing",
      recording: "optagelse.wav",
      done_ms: 600_000,
      total_ms: 5_400_000,
      left_ms: 1_500_000,
      place: 0,
      error: null,
      messages: ["note: transcribing with model `edda-v0.2`"],
    },
  },
  recording: {
    recording: {
      phase: "recording",
      position_ms: 754_000,
      recorded_ms: 754_000,
      peak_dbfs: -12,
      clipping: false,
      silent_ms: 12_000,
      left_ms: 36_000_000,
      device: "Mikrofon",
      item: "2",
      lost_frames: 0,
    },
  },
};

/** Where the page asks what there is to know of a meeting. */
const aMeeting = (url: URL) => /^\/api\/meetings\/[^/]+$/.test(url.pathname);

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing serious on any page (${colorScheme})`, async ({
    page,
    server,
    library,
  }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme });
    library.sample("kredsraad", { voices: true });
    await open(page, server);
    await page.locator(".meeting").first().waitFor();
    await picture(page, `start-${colorScheme}`);
    expect(await serious(page)).toEqual([]);

    await page.goto(`${server.origin}/#new`);
    await page.locator("textarea").fill("1. Velkomst\n2. Budget\n3. Eventuelt");
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Læs dagsordenen" }).click();
    await page.locator(".understood").waitFor();
    await page.getByText("Ret punkter og deltagere").click();
    await page.getByText("Ret dagsordenens tekst").first().click();
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Opret mødet" }).click();
    await page.locator(".drop-place").waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Optag her" }).click();
    await page.getByText("Husk at sige til mødet").waitFor();
    expect(await serious(page)).toEqual([]);
    for (const [name, state] of Object.entries(BUSY)) {
      await page.route(aMeeting, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...((await answer.json()) as Meeting), ...state } });
      });
      await page.reload();
      await page.locator(".job, .record").first().waitFor();
      expect(await serious(page), name).toEqual([]);
      await picture(page, `${name}-${colorScheme}`);
      await page.unroute(aMeeting);
    }

    await openMeeting(page, server, "kredsraad");
    await page.locator(".statement .line").nth(3).click();
    await page.locator(".row.lit").first().waitFor();
    await picture(page, `meeting-${colorScheme}`);
    // The panes scroll, and not the page.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBe(page.viewportSize()?.height);
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Mere", exact: true }).click();
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press("Escape");
    const dialogs = [
      "Gem som",
      "Ret dagsorden og deltagere",
      "Tidligere udgaver",
      "Godkend referatet",
      "Slet optagelse og udskrift",
      "Hjælp",
    ];
    for (const name of dialogs) {
      if (name === "Gem som") await page.getByRole("button", { name }).click();
      else await more(page, name);
      await page.locator("dialog[open]").waitFor();
      await picture(page, `${name.replaceAll(" ", "-").toLowerCase()}-${colorScheme}`);
      expect(await serious(page), name).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.locator("dialog[open]")).toHaveCount(0);
    }
    await page.locator(".who").first().click();
    await page.locator("dialog[open]").waitFor();
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("F3");
    await page.locator(".voice.current .reasons").waitFor();
    expect(await serious(page)).toEqual([]);
    await picture(page, `voices-${colorScheme}`);
    await page.keyboard.press("1");
    await page.locator(".voice .voice-settled").first().waitFor();
    expect(await serious(page)).toEqual([]);
  });
}

/** Presses Tab until the focus is on what is looked for. */
async function tabTo(page: Page, selector: string, most = 80): Promise<void> {
  for (let n = 0; n < most; n++) {
    const there = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      selector,
    );
    if (there) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} is not reached with Tab`);
}

test("the keyboard alone is enough", async ({ page, server, library }) => {
  test.setTimeout(120_000);
  const folder = library.sample("kredsraad");
  await open(page, server);
  await page.locator(".meeting").first().waitFor();
  await tabTo(page, ".meeting");
  await page.keyboard.press("Enter");
  await page.locator(".draft .statement").first().waitFor();

  // Write, and listen without leaving the text.
  await page.keyboard.press("F6");
  await expect(page.locator(".ProseMirror")).toBeFocused();
  await page.keyboard.press("F9");
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  await page.keyboard.press("F4");
  await page.keyboard.press("End");
  await page.keyboard.type(" Tilføjet.");
  await saved(page);

  // Name a speaker.
  await page.keyboard.press("F6");
  await page.keyboard.press("Home");
  await expect(page.locator(".row.current .time")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog[open]")).toBeVisible();
  await tabTo(page, "input[name=speaker]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => reviewOf(folder).some((one) => one.kind === "speaker")).toBe(true);

  // Move a boundary.
  await tabTo(page, ".handle");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect.poll(() => reviewOf(folder).some((one) => one.kind === "boundary")).toBe(true);
  await expect(page.getByText("Udkastet laves om")).toBeHidden();

  // Confirm a decision from the text.
  await page.keyboard.press("F6");
  for (let n = 0; n < 40; n++) {
    await page.keyboard.press("F9");
    const chip = await page.evaluate(() => {
      const node = getSelection()?.anchorNode;
      const at = node instanceof Element ? node : node?.parentElement;
      return Boolean(at?.closest(".statement")?.querySelector(".chip.decision"));
    });
    if (chip) break;
  }
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => reviewOf(folder).some((one) => one.kind === "accept")).toBe(true);

  await tabTo(page, ".tools .primary", 120);
  await page.keyboard.press("Enter");
  await tabTo(page, "dialog button[type=submit]");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.keyboard.press("Enter"),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.docx$/);
});

/** Presses Tab until the focus is on the button or link with these words. */
async function tabToWords(page: Page, words: string, most = 120): Promise<void> {
  for (let n = 0; n < most; n++) {
    const there = await page.evaluate(
      (wanted) =>
        document.activeElement?.matches("button, a") === true &&
        document.activeElement.textContent?.trim() === wanted,
      words,
    );
    if (there) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${words} is not reached with Tab`);
}

test("a meeting is made with the keyboard alone", async ({ page, server }) => {
  await open(page, server);
  await tabToWords(page, "Nyt møde");
  await page.keyboard.press("Enter");
  await tabTo(page, "textarea");
  await page.keyboard.type("1. Velkomst\n2. Eventuelt");
  await tabToWords(page, "Læs dagsordenen");
  await page.keyboard.press("Enter");
  await page.locator(".understood").waitFor();
  await tabTo(page, ".understood summary");
  await page.keyboard.press("Enter");
  await tabTo(page, ".correction-items input");
  await page.keyboard.press("End");
  await page.keyboard.type(" og valg");
  // What is corrected is taken as the field is left.
  await page.keyboard.press("Tab");
  await expect(page.locator(".items > li").first()).toContainText("Velkomst og valg");
  await tabToWords(page, "Opret mødet");
  await page.keyboard.press("Enter");
  await page.locator(".drop-place").waitFor();
  await tabToWords(page, "Vælg filer");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.keyboard.press("Enter"),
  ]);
  await chooser.setFiles(join(root, "samples/kredsraad/audio.flac"));
  await expect(page.locator(".files li")).toHaveCount(1);
  await tabToWords(page, "Lav udkast til referat");
});

test("a draft is made anew and a conflict settled with the keyboard alone", async ({
  page,
  opened,
}) => {
  const named = new Map(
    facts(opened)
      .filter(({ speaker, text }) => speaker !== null && text.includes(speaker))
      .map((fact) => [fact.id, fact]),
  );
  await page.keyboard.press("F6");
  await expect(page.locator(".ProseMirror")).toBeFocused();
  let fact: Fact | undefined;
  for (let n = 0; n < 120 && !fact; n++) {
    await page.keyboard.press("ArrowDown");
    const id = await page.evaluate(() => {
      const node = getSelection()?.anchorNode;
      const at = node instanceof Element ? node : node?.parentElement;
      return at?.closest<HTMLElement>(".statement")?.dataset.id ?? "";
    });
    fact = named.get(id);
  }
  if (!fact) throw new Error("no statement of a named speaker");
  await page.keyboard.press("End");
  await page.keyboard.type(" Tilføjet med tasterne.");
  await saved(page);

  // Somebody else says who spoke there; the draft is made anew from here.
  const { start_ms, end_ms, speaker } = fact;
  const other = speaker === "Susanne Vestergaard" ? "Lars Thinggaard" : "Susanne Vestergaard";
  const line = { at: "2026-11-25T10:00:00Z", kind: "speaker", start_ms, end_ms, name: other };
  appendFileSync(join(opened, "review.jsonl"), `${JSON.stringify(line)}\n`);
  await tabToWords(page, "Mere ▾");
  await page.keyboard.press("Enter");
  await tabToWords(page, "Lav udkast igen");
  await page.keyboard.press("Enter");
  const proposal = page.locator(".proposal");
  await expect(proposal.first()).toContainText(other);
  while ((await proposal.count()) > 0) {
    const before = await proposal.count();
    await tabToWords(page, "Behold min", 400);
    await page.keyboard.press("Enter");
    await expect(proposal).toHaveCount(before - 1);
  }
  await saved(page);
  expect(referatOf(opened)).toContain("Tilføjet med tasterne.");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`at 1024 px the draft and the transcript stand side by side (${colorScheme})`, async ({
    page,
    server,
    library,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1024, height: 768 });
    library.sample("kredsraad", { voices: true });
    await openMeeting(page, server, "kredsraad");
    await expect(page.locator(".row").first()).toBeVisible();
    await expect(page.locator(".statement").first()).toBeInViewport();
    await expect(page.locator(".pane-agenda")).toBeHidden();
    const size = await page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return [scrollWidth, scrollHeight];
    });
    expect(size).toEqual([1024, 768]);
    await picture(page, `meeting-1024-${colorScheme}`);
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Dagsorden", exact: true }).click();
    await expect(page.locator(".pane-agenda .item").first()).toBeVisible();
    await picture(page, `agenda-1024-${colorScheme}`);
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Dagsorden", exact: true }).click();
    await expect(page.locator(".pane-agenda")).toBeHidden();
    await page.keyboard.press("F3");
    await page.locator(".voice.current .reasons").waitFor();
    expect(await serious(page)).toEqual([]);
  });
}

test("printing gives the referat alone", async ({ page, opened }) => {
  expect(opened).toBeTruthy();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Tirsdag den 7. marts 2023").first()).toBeVisible();
  await expect(page.locator(".statement .line").first()).toBeVisible();
  await expect(page.locator(".top-bar, .sound, .toolbar, .pane-transcript").first()).toBeHidden();
  await expect(page.locator("button:visible")).toHaveCount(0);
  await expect(page.locator(".said:visible")).toHaveCount(0);
  await picture(page, "print");
});

test("at 200 % everything is still there", async ({ page, server, library }) => {
  library.sample("kredsraad");
  // A window of 1280 by 720 shows half as much at twice the size.
  await page.setViewportSize({ width: 640, height: 360 });
  await openMeeting(page, server, "kredsraad");
  await picture(page, "meeting-200");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(640);
  expect(await serious(page)).toEqual([]);
  await page.getByRole("button", { name: "Udskrift" }).click();
  await expect(page.locator(".row").first()).toBeVisible();
  await page.getByRole("button", { name: "Dagsorden", exact: true }).click();
  await expect(page.locator(".pane-agenda .item").first()).toBeVisible();
});
