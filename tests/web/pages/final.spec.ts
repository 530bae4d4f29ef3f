/** Before the referat is final or approved, what is open is shown, and each of it is reached. */
import { expect, more, openMeeting, picture, reviewOf, test } from "./program";

test("what is open is listed before the referat is approved, and approval is taken back", async ({
  page,
  server,
  library,
}) => {
  test.setTimeout(120_000);
  const folder = library.sample("kredsraad");
  await openMeeting(page, server, "kredsraad");
  await more(page, "Godkend referatet");
  const dialog = page.locator("dialog");
  const things = dialog.locator(".open-things");
  await expect(things).toContainText(/\d+ beslutning(er)? er ikke bekræftet/);
  await expect(things).toContainText(/\d+ talere? har intet navn/);
  const approve = dialog.getByRole("button", { name: "Godkend referatet" });
  await expect(approve).toBeDisabled();
  await picture(page, "approve");

  // One click leads to what is open, and it is settled there.
  const decision = things.locator("details", { hasText: "beslutning" });
  const count = await decision.locator("li").count();
  if (!(await decision.locator("li").first().isVisible())) {
    await decision.locator("summary").click();
  }
  const words = (await decision.locator("li").first().innerText()).trim();
  await decision.locator("li button").first().click();
  await expect(dialog).toHaveCount(0);
  const there = await page.evaluate(() => {
    const node = getSelection()?.anchorNode;
    const at = node instanceof Element ? node : node?.parentElement;
    return at?.closest(".statement")?.querySelector(".line")?.textContent ?? "";
  });
  expect(there).toBe(words);
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => reviewOf(folder).some(({ kind }) => kind === "accept")).toBe(true);
  await expect(page.getByText("Udkastet laves om")).toBeHidden();
  await more(page, "Godkend referatet");
  await expect(decision.locator("li")).toHaveCount(count - 1);

  // There is a deliberate way past, and somebody approves.
  await dialog.getByRole("checkbox", { name: "Jeg har set det" }).check();
  await dialog.getByRole("textbox", { name: "Godkendt af" }).fill("");
  await expect(approve).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Godkendt af" }).fill("Anna Bech");
  await approve.click();
  const chip = page.locator(".top-bar .chip");
  await expect(chip).toHaveText("Godkendt");
  await chip.click();
  await expect(dialog).toContainText("af Anna Bech");
  await dialog.getByRole("button", { name: "Træk godkendelsen tilbage" }).click();
  await expect(chip).toHaveCount(0);
  const approvals = reviewOf(folder).filter(({ kind }) => kind === "approve");
  expect(approvals.map((one) => one.taken_back ?? false)).toEqual([false, true]);
});

test("a final file is saved only past what is open; a draft is saved at once", async ({
  page,
  opened,
}) => {
  expect(opened).toBeTruthy();
  await page.getByRole("button", { name: "Gem som" }).click();
  const save = page.getByRole("button", { name: "Gem filen" });
  await expect(save).toBeEnabled();
  await page.getByRole("radio", { name: "Endeligt" }).check();
  await expect(page.locator("dialog .open-things")).toBeVisible();
  await expect(save).toBeDisabled();
  await page.getByRole("checkbox", { name: "Jeg har set det" }).check();
  await expect(save).toBeEnabled();
});

test("the line of what the draft holds leads to each of it", async ({ page, opened }) => {
  expect(opened).toBeTruthy();
  const line = page.locator(".status-line");
  await expect(line).toContainText(/\d+ beslutning/);
  await expect(line).toContainText(/\d+ opgave/);
  const kind = () =>
    page.evaluate(() => {
      const node = getSelection()?.anchorNode;
      const at = node instanceof Element ? node : node?.parentElement;
      return at?.closest(".statement")?.querySelector(".chip")?.textContent ?? "";
    });
  for (const [name, chip] of [
    [/beslutning/, "Beslutning"],
    [/opgave/, "Opgave"],
  ] as const) {
    await line.getByRole("button", { name }).click();
    await expect.poll(kind).toBe(chip);
  }
  await line.getByRole("button", { name: /ukendte? taler/ }).click();
  await expect(page.locator("dialog")).toContainText("Hvem taler?");
});

test("earlier versions say what came after them and where they differ", async ({
  page,
  opened,
}) => {
  expect(opened).toBeTruthy();
  const line = page.locator(".statement .line").nth(3);
  await line.click();
  await page.keyboard.press("End");
  await page.keyboard.type(" Rettet.");
  await expect(page.locator("[data-save]")).toHaveAttribute("data-save", "saved");
  await more(page, "Tidligere udgaver");
  const first = page.locator(".generations li").first();
  await expect(first).toContainText("Før du rettede");
  await expect(first).toContainText(/1 linje ændret: \p{L}/u);
  await first.getByRole("button").click();
  await page.getByRole("button", { name: "Hent denne udgave tilbage" }).click();
  await expect(line).not.toContainText("Rettet.");
  await more(page, "Tidligere udgaver");
  await expect(first).toContainText("Før udgave 1 blev hentet tilbage");
  await picture(page, "history");
});
