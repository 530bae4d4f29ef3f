/** What the referent has written stays when what it was made of is deleted. */
import type { Page } from "@playwright/test";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, more, openMeeting, picture, referatOf, saved, test, write } from "./program";

/** Saves the referat as Word, in final form; what is open is passed deliberately. */
async function final(page: Page): Promise<{ path: string; name: string }> {
  await page.getByRole("button", { name: "Gem som" }).click();
  await page.getByRole("radio", { name: "Endeligt" }).check();
  const anyway = page.getByRole("checkbox", { name: "Jeg har set det" });
  if (await anyway.isVisible()) await anyway.check();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Gem filen" }).click(),
  ]);
  await page.keyboard.press("Escape");
  return { path: await download.path(), name: download.suggestedFilename() };
}

test("the referat is read and sent after its sources are deleted, and the program started again", async ({
  page,
  server,
  library,
}) => {
  test.setTimeout(120_000);
  const folder = library.sample("kredsraad", { voices: true });
  await openMeeting(page, server, "kredsraad");
  // A final file is put beside the referat, and the referat is changed afterwards.
  const { path, name } = await final(page);
  expect(name).toMatch(/\.docx$/);
  const kept = [name, "sendt til kredsrådet.docx"].map((one) => join(folder, one));
  for (const one of kept) copyFileSync(path, one);
  await write(page, 2, " Rettet siden.");
  await saved(page);

  await more(page, "Slet optagelse og udskrift");
  await page.getByRole("checkbox", { name: "Udskriften af det sagte" }).check();
  await expect(page.locator("dialog .plan").first()).toContainText("Udskriften af det sagte: 1");
  await picture(page, "purge");
  await page.getByRole("textbox", { name: "Slettet af" }).fill("Anna Bech");
  await page.getByRole("checkbox", { name: "Ja, det skal slettes" }).check();
  await page.locator("dialog").getByRole("button", { name: "Slet", exact: true }).click();
  await expect(page.locator("dialog")).toContainText("Referatet er her stadig");
  await expect.poll(() => existsSync(join(folder, "transcript.json"))).toBe(false);
  await page.keyboard.press("Escape");
  for (const one of kept) expect(readFileSync(one)).toEqual(readFileSync(path));

  server.kill();
  await page.goto("about:blank");
  await server.run();
  await openMeeting(page, server, "kredsraad");
  await expect(page.locator(".pane-transcript, .sound")).toHaveCount(0);
  await expect(page.locator(".deleted-strip")).toContainText("af Anna Bech");
  await page.getByRole("button", { name: "Se kvitteringen" }).click();
  const receipt = page.locator("dialog .receipt");
  await expect(receipt).toContainText("Udskriften af det sagte");
  await expect(receipt).toContainText("Kvitteringen ligger i mødets mappe: kvittering-");
  await expect(receipt).not.toContainText("recording");
  await picture(page, "kept");
  await page.keyboard.press("Escape");
  // It can still be written in, and sent.
  await write(page, 2, " Også bagefter.");
  await saved(page);
  expect(referatOf(folder)).toContain("Rettet siden. Også bagefter.");
  const again = await final(page);
  expect(readFileSync(again.path).length).toBeGreaterThan(2000);
});
