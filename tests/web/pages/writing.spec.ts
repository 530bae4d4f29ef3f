/** Writing as in a word processor: what is typed, pasted, moved and deleted stands in the files. */
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, openMeeting, picture, referat, referatOf, saved, test } from "./program";

/** What a word processor puts on the clipboard, told by its name. */
function clipboard(name: string): string {
  return readFileSync(join(import.meta.dirname, `../clipboard/${name}.clip`), "utf8");
}

async function paste(page: Page, html: string): Promise<void> {
  await page.locator(".ProseMirror").evaluate((place, text) => {
    const data = new DataTransfer();
    data.setData("text/html", text);
    place.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, html);
}

/** Puts the cursor behind a line. */
async function behind(page: Page, words: string): Promise<void> {
  await page.locator(".statement .line", { hasText: words }).click();
  await page.keyboard.press("End");
  // The editor hears of the cursor with the next frame.
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));
      }),
  );
}

const tool = (page: Page, name: string) =>
  page.getByRole("group", { name: "Skriveværktøjer" }).getByRole("button", { name, exact: true });

test("headings, lists, a table and what is pasted stand in the file, and all is undone", async ({
  page,
  server,
  library,
}) => {
  test.setTimeout(120_000);
  const folder = library.sample("kredsraad");
  const before = referatOf(folder);
  await openMeeting(page, server, "kredsraad");
  const type = (words: string) => page.keyboard.type(words);
  const press = (key: string) => page.keyboard.press(key);

  // Behind the first item's last line.
  await behind(page, "Dagsordenen blev godkendt.");
  await press("Enter");
  await type("Praktisk");
  await tool(page, "Mindre overskrift").click();
  await press("Enter");
  await type("- Kaffen er **varm**");
  await press("Enter");
  await type("Kagen er spist");
  await press("Enter");
  await press("Enter");
  await type("1. Først");
  await press("Enter");
  await type("Dernæst");
  await press("Enter");
  await press("Enter");
  await type("### Ad 1a Ekstra");
  await press("Enter");
  await tool(page, "Indsæt tabel").click();
  for (const words of ["Bestille kaffe", "Camilla Dam", "1. maj"]) {
    await type(words);
    await press("Tab");
  }
  await saved(page);
  await picture(page, "writing");
  const written = `
#### **Praktisk**

- Kaffen er **varm**
- Kagen er spist

1. Først
2. Dernæst

### **Ad 1a Ekstra**

| Opgave | Ansvarlig | Frist |
| --- | --- | --- |
| Bestille kaffe | Camilla Dam | 1. maj |
`;
  const after = "  - 00:00:38 Så er dagsordenen godkendt.\n";
  expect(referatOf(folder)).toBe(before.replace(after, after + written));

  // The list moves up by one line, and a line goes with its material.
  await behind(page, "Kagen er spist");
  await press("Alt+ArrowUp");
  await saved(page);
  await behind(page, "Dagsordenen blev godkendt.");
  await press("Control+Shift+K");
  await saved(page);
  const moved = referatOf(folder);
  expect(moved).toContain("- Kagen er spist\n- Kaffen er **varm**\n");
  expect(moved).not.toContain("Dagsordenen blev godkendt.");
  expect(moved).not.toContain("Så er dagsordenen godkendt.");

  // What is sent is the file of the text that was written.
  await page.getByRole("button", { name: "Gem som" }).click();
  await page.getByRole("radio", { name: "Endeligt" }).check();
  await page.getByRole("checkbox", { name: "Jeg har set det" }).check();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Gem filen" }).click(),
  ]);
  const plain = join(library.path, "plain.docx");
  referat(["export", folder, "--to", "docx", "-o", plain], library.env);
  expect(readFileSync(await download.path())).toEqual(readFileSync(plain));
  await press("Escape");

  // More than fifty steps back are the text as it was.
  const undo = page.getByRole("button", { name: "Fortryd" });
  for (let n = 0; n < 120 && (await undo.isEnabled()); n++) await press("Control+z");
  await expect(undo).toBeDisabled();
  await saved(page);
  expect(referatOf(folder)).toBe(before);
});

for (const program of ["word", "libreoffice"]) {
  test(`what is pasted from ${program} keeps its lists, its bold words and its table`, async ({
    page,
    opened,
  }) => {
    const before = referatOf(opened);
    await behind(page, "Dagsordenen blev godkendt.");
    await paste(page, clipboard(program));
    await saved(page);
    const pasted = `
#### **Bilag fra forvaltningen**

Vejene er **meget** glatte.

- Salt er bestilt
  - to paller
- Naboerne har fået besked

1. Ring til vagten
2. Skriv til *alle*

| Vej | Antal |
| --- | --- |
| Åvej | 12 |
| Skolevej | 7 |
`;
    const after = "  - 00:00:38 Så er dagsordenen godkendt.\n";
    expect(referatOf(opened)).toBe(before.replace(after, after + pasted));
    await page.keyboard.press("Control+z");
    await saved(page);
    expect(referatOf(opened)).toBe(before);
  });
}

test("fifty lines are typed and taken back one by one", async ({ page, opened }) => {
  test.setTimeout(120_000);
  const before = referatOf(opened);
  await behind(page, "Dagsordenen blev godkendt.");
  for (let n = 1; n <= 25; n++) {
    await page.keyboard.press("Enter");
    await page.keyboard.type(`Linje ${n}`);
  }
  for (let n = 0; n < 25; n++) await page.keyboard.press("Alt+ArrowUp");
  await saved(page);
  expect(referatOf(opened)).toContain("- Linje 24\n");
  const undo = page.getByRole("button", { name: "Fortryd" });
  for (let n = 0; n < 120 && (await undo.isEnabled()); n++) await page.keyboard.press("Control+z");
  await saved(page);
  expect(referatOf(opened)).toBe(before);
  await page.keyboard.press("Control+y");
  await saved(page);
  expect(referatOf(opened)).not.toBe(before);
});
