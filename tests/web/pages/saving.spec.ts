/** Nothing that is typed is lost: not when the server dies, not when two write at once. */
import { expect, openMeeting, referatOf, saved, test, write } from "./program";

test("a server killed while typing loses nothing older than a second", async ({
  page,
  server,
  opened,
}) => {
  await write(page, 3, "");
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
  const kept = referatOf(opened);
  for (const { word, at } of typed) {
    if (killed - at > 1000) expect(kept).toContain(word);
  }
  await typing;
  await expect(page.locator("[data-save]")).toHaveAttribute("data-save", "away");
  await expect(page.getByText("Ingen forbindelse").first()).toBeVisible();
  await type(45, 50);

  await server.run();
  await saved(page);
  const whole = referatOf(opened);
  for (const { word } of typed) expect(whole).toContain(word);
});

test("what a closed page had not saved comes back with the next one", async ({
  page,
  server,
  opened,
}) => {
  server.kill();
  await write(page, 3, " skrevet uden forbindelse");
  await expect(page.locator("[data-save]")).toHaveAttribute("data-save", "away");
  await server.run();
  // The page is gone before it could send anything.
  await page.goto("about:blank");
  await openMeeting(page, server, "kredsraad");
  await expect(page.locator(".draft")).toContainText("skrevet uden forbindelse");
  await saved(page);
  expect(referatOf(opened)).toContain("skrevet uden forbindelse");
});

test("two tabs in one statement: both texts stand, or a conflict is shown", async ({
  page,
  context,
  server,
  opened,
}) => {
  const other = await context.newPage();
  await other.goto(`${server.origin}/m/kredsraad`);
  await other.locator(".draft .statement").first().waitFor();

  for (const [tab, words] of [
    [page, " fra den ene"],
    [other, " fra den anden"],
  ] as const) {
    await write(tab, 4, words);
  }
  await saved(page);
  await saved(other);
  await expect.poll(() => referatOf(opened)).toContain("fra den ene");
  await expect.poll(() => referatOf(opened)).toContain("fra den anden");
  for (const tab of [page, other]) {
    await expect(tab.locator(".draft")).toContainText("fra den ene");
    await expect(tab.locator(".draft")).toContainText("fra den anden");
  }
});

test("typing and deciding are undone in the order they were done", async ({ page, opened }) => {
  await write(page, 3, " FØRST");
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
  expect(referatOf(opened)).toContain("FØRST");
  await expect(page.getByText("Udkastet laves om")).toBeHidden();
  // What was typed slowly is more than one step.
  await expect(async () => {
    await page.keyboard.press("Control+z");
    expect(await page.locator(".draft").textContent()).not.toContain("FØRST");
  }).toPass();
  await saved(page);
  expect(referatOf(opened)).not.toContain("FØRST");
});
