/** Whoever speaks is named by listening and pressing a number, without a mouse. */
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  expect,
  openMeeting,
  picture,
  referatOf,
  reviewOf,
  sound,
  speakers,
  test,
} from "./program";

/** Presses keys and counts them. */
class Keys {
  pressed = 0;

  constructor(private readonly page: Page) {}

  async press(key: string): Promise<void> {
    this.pressed += 1;
    await this.page.keyboard.press(key);
  }
}

interface Named {
  turns: { speaker: string | null; start_ms: number }[];
  voices: { voice: string; speaker: string | null; guest: string | null }[];
}

function namedOf(folder: string): Named {
  return JSON.parse(readFileSync(join(folder, "speakers.json"), "utf8")) as Named;
}

/** Returns the voice that is chosen in the panel. */
const current = (page: Page) =>
  page.locator(".voice.current .voice-who").getAttribute("data-voice");

/** Returns the key that names somebody. */
async function keyOf(page: Page, name: string): Promise<string> {
  const row = page.locator(".names li", { hasText: name });
  return (await row.locator("kbd").textContent()) ?? "";
}

test("seven speakers are named with at most twenty keys", async ({ page, server, library }) => {
  test.setTimeout(120_000);
  const folder = library.sample("kredsraad", { voices: true });
  const names = speakers();
  expect(names).toHaveLength(7);
  await openMeeting(page, server, "kredsraad");
  const keys = new Keys(page);
  await keys.press("F3");
  await expect(page.locator(".voice")).toHaveCount(7);
  await expect(page.locator(".voice.current .voice-who")).toBeFocused();
  await expect.poll(async () => (await sound(page)).playing).toBe(true);
  await picture(page, "voices");
  for (let n = 0; n < names.length; n++) {
    const voice = (await current(page)) ?? "";
    const name = names[Number(voice.slice(1)) - 1] ?? "";
    await keys.press(await keyOf(page, name));
    // The next is there at once: nobody waits for the draft.
    if (n < names.length - 1) await expect.poll(() => current(page)).not.toBe(voice);
  }
  expect(keys.pressed).toBeLessThanOrEqual(20);
  await expect(page.locator(".voice .voice-settled")).toHaveCount(7);
  await expect.poll(() => reviewOf(folder).length).toBe(7);
  await expect.poll(() => namedOf(folder).turns.filter((one) => one.speaker === null)).toEqual([]);
  const voices = namedOf(folder).voices.map(({ voice, speaker }) => [voice, speaker]);
  expect(voices).toEqual(names.map((name, n) => [`v${n + 1}`, name]));
  await expect.poll(() => referatOf(folder)).not.toMatch(/ukendt taler/i);
  await expect(page.locator(".who.unknown")).toHaveCount(0);
  await picture(page, "voices-named");
});

test("suggestions are taken together, a guest is written, and all of it is undone", async ({
  page,
  server,
  library,
}) => {
  test.setTimeout(120_000);
  const folder = library.sample("kredsraad", { voices: true });
  const before = namedOf(folder);
  await openMeeting(page, server, "kredsraad");
  await page.keyboard.press("F3");
  await expect(page.locator(".voice.current .voice-who")).toBeFocused();
  const suggested = await page.locator(".voice-sure").count();
  expect(suggested).toBeGreaterThan(3);
  await page.keyboard.press("a");
  await expect.poll(() => reviewOf(folder).length).toBe(suggested);
  await expect(page.locator(".voice-sure")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Fortryd" })).toBeEnabled();

  // Somebody who is not on the dagsorden.
  const voice = (await current(page)) ?? "";
  await page.keyboard.press("n");
  await page.keyboard.type("Grete Storm");
  await page.keyboard.press("Enter");
  await expect.poll(() => referatOf(folder)).toContain("Grete Storm");
  const own = namedOf(folder).voices.find((one) => one.voice === voice);
  expect(own?.speaker).toBe("Grete Storm");

  // Two voices are one.
  const count = await page.locator(".voice").count();
  await page.locator(".voice.current select").selectOption({ index: 1 });
  await expect(page.locator(".voice")).toHaveCount(count - 1);
  // Nobody waits for a draft before the next step back.
  for (let n = 0; n < 3; n++) await page.keyboard.press("Control+z");
  await expect.poll(() => reviewOf(folder).length).toBe(2 * (suggested + 2));
  await expect(page.locator(".voice")).toHaveCount(count);
  await expect.poll(() => namedOf(folder)).toEqual(before);
  expect(referatOf(folder)).not.toContain("Grete Storm");
});

test("a turn is another voice's, and its name is that voice's", async ({
  page,
  server,
  library,
}) => {
  const folder = library.sample("kredsraad", { voices: true });
  await openMeeting(page, server, "kredsraad");
  await page.locator(".who").nth(1).click();
  await page.getByRole("textbox", { name: "En anden" }).fill("Grete Storm");
  await page.getByRole("radio", { name: /^Kun her/ }).check();
  await page.getByRole("button", { name: "Gem navnet" }).click();
  await expect.poll(() => reviewOf(folder).map(({ kind }) => kind)).toEqual(["voice", "speaker"]);
  await expect
    .poll(() => namedOf(folder).turns.filter((one) => one.speaker === "Grete Storm").length)
    .toBe(1);
  await page.keyboard.press("F3");
  await expect(page.locator(".voice")).toHaveCount(8);
  await expect(page.locator(".voice-name", { hasText: "Grete Storm" })).toHaveCount(1);
});
