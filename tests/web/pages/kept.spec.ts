/** What the referent has written stays when what it was made of is deleted. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, openMeeting, picture, test } from "./program";

test("the referat is read and sent after its sources are deleted", async ({
  page,
  server,
  library,
}) => {
  const folder = library.sample("kredsraad", { voices: true });
  await openMeeting(page, server, "kredsraad");
  await page.getByRole("button", { name: "Slet lyd" }).click();
  await page.getByRole("checkbox", { name: "Optagelserne" }).check();
  await page.getByRole("checkbox", { name: "Udskriften af det sagte" }).check();
  await page.getByRole("checkbox", { name: "Ja, det skal slettes" }).check();
  await page.locator("dialog").getByRole("button", { name: "Slet", exact: true }).click();
  await expect(page.locator("dialog")).toContainText("Referatet er her stadig");
  await expect.poll(() => existsSync(join(folder, "transcript.json"))).toBe(false);
  await page.keyboard.press("Escape");

  await openMeeting(page, server, "kredsraad");
  await expect(page.locator(".pane-transcript, .sound")).toHaveCount(0);
  await picture(page, "kept");
  await page.getByRole("button", { name: "Gem som" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Gem filen" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.docx$/);
});
