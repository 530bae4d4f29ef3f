/** Saving: within a second, nothing lost while the server is away, merges taken over. */
import { expect, test } from "@playwright/test";
import type { Block } from "../../../web/src/document/block";
import { Saver, type Failure, type Io, type Saved } from "../../../web/src/draft/saver";
import { statement } from "./blocks";

class Away extends Error {}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server and an editor in memory. */
class Bench implements Io {
  text = "";
  revision = 1;
  sent: { body: object; text: string; at: number }[] = [];
  kept: object[] = [];
  forgotten = 0;
  refuse: Failure | null = null;
  answer: Partial<Saved> = {};
  slow = 0;
  stored = "";

  put = async (body: { blocks: Block[] }): Promise<Saved> => {
    await wait(this.slow);
    if (this.refuse) throw Object.assign(new Away(), { why: this.refuse });
    this.sent.push({
      body,
      text: JSON.stringify(body.blocks),
      at: performance.now(),
    });
    this.stored = JSON.stringify(body.blocks);
    const revision = `r${++this.revision}`;
    return {
      revision,
      yours: revision,
      merged: false,
      conflicts: 0,
      ...this.answer,
    };
  };
  fetch = () =>
    Promise.resolve({
      revision: "r9",
      blocks: [statement("s-1", "fra en anden")],
    });
  failure = (error: unknown) => (error as { why?: Failure }).why ?? "failed";
  current = () => [statement("s-1", this.text)];
  replace = (blocks: Block[]) => {
    this.text = JSON.stringify(blocks);
  };
  keep = (state: object) => void this.kept.push(state);
  forget = () => void this.forgotten++;
}

function open(): { bench: Bench; saver: Saver; type(text: string): void } {
  const bench = new Bench();
  const saver = new Saver(bench, "r1", [statement("s-1", "")]);
  return {
    bench,
    saver,
    type(text) {
      bench.text = text;
      saver.changed();
    },
  };
}

test("what is typed without a pause is saved within a second all the same", async () => {
  const { bench, saver, type } = open();
  const began = performance.now();
  for (let n = 0; n < 14; n++) {
    type(`${n}`);
    await wait(70);
  }
  expect((bench.sent[0]?.at ?? Infinity) - began).toBeLessThan(1000);
  await saver.flush();
  expect(saver.state.value).toBe("saved");
  expect(bench.stored).toContain("13");
  saver.close();
});

test("while the server is away the text is kept, and sent when it is back", async () => {
  const { bench, saver, type } = open();
  bench.refuse = "away";
  type("skrevet i blinde");
  await saver.flush();
  expect(saver.state.value).toBe("away");
  expect(JSON.stringify(bench.kept)).toContain("skrevet i blinde");
  bench.refuse = null;
  await wait(1300);
  expect(saver.state.value).toBe("saved");
  expect(bench.stored).toContain("skrevet i blinde");
  expect(bench.forgotten).toBeGreaterThan(0);
  saver.close();
});

test("a merge is taken over when nothing was typed meanwhile", async () => {
  const { bench, saver, type } = open();
  bench.answer = {
    revision: "r7",
    yours: "r6",
    merged: true,
    blocks: [statement("s-1", "flettet")],
  };
  type("min");
  await saver.flush();
  expect(bench.text).toContain("flettet");
  expect(saver.revision).toBe("r7");
  saver.close();
});

test("what was typed while a merge came stays and rests on what was sent", async () => {
  const { bench, saver, type } = open();
  bench.slow = 100;
  bench.answer = {
    revision: "r7",
    yours: "r6",
    merged: true,
    blocks: [statement("s-1", "flettet")],
  };
  type("min");
  const saving = saver.flush();
  await wait(30);
  type("min og mere");
  await saving;
  expect(bench.text).toBe("min og mere");
  expect(saver.revision).toBe("r6");
  bench.answer = {};
  await saver.flush();
  expect(bench.sent.at(-1)?.body).toMatchObject({ base: "r6" });
  saver.close();
});

test("a base that the server does not know is answered with the blocks themselves", async () => {
  const { bench, saver, type } = open();
  bench.refuse = "unknown-base";
  type("min");
  await saver.flush();
  bench.refuse = null;
  await saver.flush();
  expect(bench.sent.at(-1)?.body).toMatchObject({
    base_blocks: [statement("s-1", "")],
  });
  expect(saver.dirty).toBe(false);
  saver.close();
});

test("somebody else's change is fetched when nothing of one's own waits", async () => {
  const { bench, saver } = open();
  saver.elsewhere("r9");
  await wait(50);
  expect(bench.text).toContain("fra en anden");
  expect(saver.revision).toBe("r9");
  saver.close();
});
