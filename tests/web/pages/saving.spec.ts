/** Nothing that is typed is lost: not when the server dies, not when two write at once. */
import { expect, openMeeting, referatOf, saved, test } from "./program";

test("a server killed while typing loses nothing older than a second", async ({
  page,
  server,
  library,
}) => {
  const folder = library.sample("kredsraad");
  await openMeeting(page, server, "kredsraad");
  await page.locator(".statement .line").nth(3).click();
  await page.keyboard.press("F4");
  await page.keyboard.press("End");

  const typed: { word: string; at: number }[] = [];
  let killed = Infinity;
  const type = async (from: number, to: number) => {
    for (let n = from; n < to; n++) {
      const word = `ord${String(n).padStart(3, "0")}`;
      await page.keyboard.type(` ${word}`);
      typed.push({ word, at: performance.now() });
      await page.waitForTimeout(60);
    }
  };
  const typing = type(0, 45);
  await page.waitForTimeout(2500);
  server.kill();
  killed = performance.now();
  const kept = referatOf(folder);
  for (const { word, at } of typed) {
    if (killed - at > 1000) expect(kept).toContain(word);
  }
  await typing;
  await expect(page.locator("[data-save]")).toHaveAttribute("data-save", "away");
  await expect(page.getByText("Ingen forbindelse").first()).toBeVisible();
  await type(45, 50);

  await server.run();
  await saved(page);
  const whole = referatOf(folder);
  for (const { word } of typed) expect(whole).toContain(word);
});

test("what a closed page had not saved comes back with the next one", async ({
  page,
  server,
  library,
}) => {
  const folder = library.sample("kredsraad");
  await openMeeting(page, server, "kredsraad");
  server.kill();
  await page.locator(".statement .line").nth(3).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" skrevet uden forbindelse");
  await expect(page.locator("[data-save]")).toHaveAttribute("data-save", "away");
  await server.run();
  // The page is gone before it could send anything.
  await page.goto("about:blank");
  await openMeeting(page, server, "kredsraad");
  await expect(page.locator(".draft")).toContainText("skrevet uden forbindelse");
  await saved(page);
  expect(referatOf(folder)).toContain("skrevet uden forbindelse");
});

test("two tabs in one statement: both texts stand, or a conflict is shown", async ({
  page,
  context,
  server,
  library,
}) => {
  const folder = library.sample("kredsraad");
  await openMeeting(page, server, "kredsraad");
  const other = await context.newPage();
  await other.goto(`${server.origin}/m/kredsraad`);
  await other.locator(".draft .statement").first().waitFor();

  for (const [tab, words] of [
    [page, " fra den ene"],
    [other, " fra den anden"],
  ] as const) {
    await tab.locator(".statement .line").nth(4).click();
    await tab.keyboard.press("F4");
    await tab.keyboard.press("End");
    await tab.keyboard.type(words);
  }
  await saved(page);
  await saved(other);
  await expect.poll(() => referatOf(folder)).toContain("fra den ene");
  await expect.poll(() => referatOf(folder)).toContain("fra den anden");
  for (const tab of [page, other]) {
    await expect(tab.locator(".draft")).toContainText("fra den ene");
    await expect(tab.locator(".draft")).toContainText("fra den anden");
  }
});

test("typing and deciding are undone in the order they were done", async ({
  page,
  server,
  library,
}) => {
  const folder = library.sample("kredsraad");
  await openMeeting(page, server, "kredsraad");
  const line = page.locator(".statement .line").nth(3);
  await line.click();
  await page.keyboard.press("F4");
  await page.keyboard.press("End");
  await page.keyboard.type(" FØRST");
  await saved(page);
  const handle = page.getByRole("slider", { name: /^Punkt 3 begynder/ });
  const from = await handle.getAttribute("aria-valuenow");
  await handle.focus();
  for (let n = 0; n < 2; n++) await page.keyboard.press("PageUp");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => Number(await handle.getAttribute("aria-valuenow")))
    .toBeGreaterThan(Number(from));
  await expect(page.getByText("Udkastet laves om")).toBeHidden();

  await page.keyboard.press("Control+z");
  await expect(handle).toHaveAttribute("aria-valuenow", from ?? "");
  expect(referatOf(folder)).toContain("FØRST");
  await expect(page.getByText("Udkastet laves om")).toBeHidden();
  // What was typed slowly is more than one step.
  await expect(async () => {
    await page.keyboard.press("Control+z");
    expect(await page.locator(".draft").textContent()).not.toContain("FØRST");
  }).toPass();
  await saved(page);
  expect(referatOf(folder)).not.toContain("FØRST");
});
