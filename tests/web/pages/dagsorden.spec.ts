/** What is uncertain in a dagsorden is asked for beside the field that its line became. */
import { join } from "node:path";
import { expect, more, open, referatOf, root, test } from "./program";

const AGENDA = `Møde i bestyrelsen

Dato: mandag den 4. juni 2024
Sted: Salen

Til stede: Bo Bech, Ida Holm

Husk at tage kaffe og kage med til alle de nye fra naboforeningen denne gang

Dagsorden

1. Valg af dirigent
2. Budget v/ Mogens Juhler
4. Eventuelt
`;

test("a doubt stands beside its field, with its line, in the reader's language", async ({
  page,
  server,
}) => {
  await open(page, server, "/#new");
  await page.locator("textarea").fill(AGENDA);
  await page.getByRole("button", { name: "Læs dagsordenen" }).click();
  const understood = page.locator(".understood");

  const date = understood.locator("dl > div", { hasText: "Dato" });
  await expect(date.locator(".remarks")).toContainText("ugedagen er forkert");
  await expect(date.locator(".source")).toHaveText("linje 3: Dato: mandag den 4. juni 2024");

  const items = understood.locator(".items > li");
  await expect(items.nth(0).locator(".remarks")).toHaveCount(0);
  await expect(items.nth(1).locator(".remarks")).toContainText("»Mogens Juhler« fremlægger");
  await expect(items.nth(1).locator("q")).toHaveText("2. Budget v/ Mogens Juhler");
  await expect(items.nth(2).locator(".remarks")).toContainText("springer fra 2 til 4");

  const rest = understood.locator("> .remarks");
  await expect(rest).toContainText("hverken personer eller punkter");
  await expect(rest).toContainText("linje 8: Husk at tage kaffe");

  await page.evaluate(() => localStorage.setItem("referat-language", "en"));
  await page.reload();
  await page.locator("textarea").fill(AGENDA);
  await page.getByRole("button", { name: "Read the agenda" }).click();
  await expect(understood.locator(".items > li").nth(2)).toContainText("jump from 2 to 4");
  await expect(understood).not.toContainText("springer");
});

test("a recording may come before its dagsorden, and a correction needs no button", async ({
  page,
  server,
}) => {
  await open(page, server, "/#new");
  await page.locator("input[type=file]").setInputFiles(join(root, "samples/kredsraad/audio.flac"));
  await page.getByRole("button", { name: "Opret mødet uden dagsorden" }).click();
  await expect(page.locator(".files li")).toHaveCount(1);
  await page.getByText("Ret dagsordenens tekst").first().click();
  await page.getByRole("textbox", { name: "Ret dagsordenens tekst" }).fill(AGENDA);
  await expect(page.locator(".items > li")).toHaveCount(3);

  await open(page, server, "/#new");
  await page.locator("textarea").fill(AGENDA);
  await page.getByRole("button", { name: "Læs dagsordenen" }).click();
  await page.getByText("Ret punkter og deltagere").click();
  await page.getByRole("combobox", { name: "Mødeleder" }).fill("Bo Bech");
  await page.getByRole("textbox", { name: "Titel på punkt 2" }).fill("Budget 2025");
  // The last field has not been left when the meeting is made.
  await page.getByRole("button", { name: "Opret mødet" }).click();
  await expect(page.locator(".items > li").nth(1)).toContainText("Budget 2025");
  await expect(page.locator(".understood dl")).toContainText("Bo Bech");
});

test("the dagsorden is corrected when there is a draft, and the draft follows", async ({
  page,
  opened,
}) => {
  await more(page, "Ret dagsorden og deltagere");
  const dialog = page.locator("dialog");
  await dialog.getByRole("textbox", { name: "Titel på punkt 6" }).fill("Ordet er frit");
  await dialog.getByRole("button", { name: "Brug rettelserne" }).click();
  await expect(page.getByText("udkastet er lavet om").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".draft h3").last()).toContainText("Ordet er frit");
  expect(referatOf(opened)).toContain("Ordet er frit");
});
