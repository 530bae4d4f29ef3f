/** Work that has broken off says so, in the reader's language. */
import type { Page } from "@playwright/test";
import type { Job, Meeting } from "../../../web/src/api/wire";
import { expect, openMeeting, picture, test } from "./program";

const running: Job = {
  state: "running",
  model: null,
  stage: "transcribing",
  recording: "optagelse.wav",
  done_ms: 600_000,
  total_ms: 5_400_000,
  left_ms: 1_500_000,
  place: 0,
  error: null,
  messages: [],
};

/** Has the page told that this is the meeting's job. */
async function told(page: Page, job: Job): Promise<void> {
  const aMeeting = (url: URL) => /^\/api\/meetings\/[^/]+$/.test(url.pathname);
  await page.route(aMeeting, async (route) => {
    // The program may be gone.
    const answer = await route.fetch().catch(() => null);
    if (!answer) return route.abort();
    await route.fulfill({ json: { ...((await answer.json()) as Meeting), job } });
  });
}

test("work whose program died says so", async ({ page, server, library }) => {
  library.sample("kredsraad");
  const error = { message: "the work broke off", tip: null, died: true };
  await told(page, { ...running, state: "failed", error });
  await openMeeting(page, server, "kredsraad");
  const job = page.locator(".job");
  await expect(job).toContainText("holdt op uden at sige hvorfor");
  await expect(job).not.toContainText("broke off");
  await expect(job.getByRole("button", { name: "Prøv igen" })).toBeVisible();
  await picture(page, "died");
});

test("work is no longer said to go on when the program is gone", async ({
  page,
  server,
  library,
}) => {
  library.sample("kredsraad");
  await told(page, running);
  await openMeeting(page, server, "kredsraad");
  const job = page.locator(".job");
  await expect(job).toContainText("Arbejder");
  server.kill();
  await expect(job).toContainText("Programmet svarer ikke");
  await expect(job).not.toContainText("Arbejder");
});
