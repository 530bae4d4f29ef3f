/** Made-up documents in the server's form, as the property tests need them. */
import fc from "fast-check";
import type { Block, Run, Text } from "../../../web/src/document/block";

const words = fc.stringMatching(/^[a-zæøå.,]{1,6}$/);

/** Texts in the server's normal form: neighbours differ in style, no style is spelt out as false. */
export const text: fc.Arbitrary<Text> = fc
  .array(
    fc.record({
      text: words,
      style: fc.constantFrom("", "strong", "emphasis", "comment"),
    }),
    { maxLength: 4 },
  )
  .map((runs) => {
    const out: Run[] = [];
    let last = "none";
    for (const run of runs) {
      if (run.style === last) continue;
      last = run.style;
      out.push(run.style ? { text: run.text, [run.style]: true } : { text: run.text });
    }
    return out;
  });

/** Texts with a break of line in them. */
const broken = fc.tuple(words, words).map(([a, b]): Text => [{ text: `${a}\n${b}` }]);
const said = fc.record({ at: fc.constantFrom("00:00:01", "01:02:03"), text });
const beneath = fc.oneof(
  said.map((one) => ({ said: one })),
  fc
    .record({
      label: fc.constant("Øvrigt:"),
      said: fc.array(said, { minLength: 1, maxLength: 3 }),
    })
    .map((more) => ({ more })),
  fc.record({ depth: fc.integer({ min: 1, max: 3 }), text }).map((point) => ({ point })),
);

export const block: fc.Arbitrary<Block> = fc.oneof(
  fc
    .record({ level: fc.integer({ min: 1, max: 5 }), text, bold: fc.boolean() })
    .map((heading) => ({ heading })),
  fc.constant("rule" as const),
  text.map((label) => ({ label })),
  fc.oneof(text, broken).map((paragraph) => ({ paragraph })),
  text.map((note) => ({ note })),
  fc
    .array(
      fc.record({
        number: fc.integer({ min: 1, max: 99 }).map(String),
        lines: fc.array(text, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((numbered) => ({ numbered })),
  fc
    .record({
      id: fc.option(fc.stringMatching(/^s-[0-9a-f]{12}$/)),
      at: fc.constantFrom("", "00:12:31"),
      text,
      beneath: fc.array(beneath, { maxLength: 3 }),
    })
    .map((statement) => ({ statement })),
  fc
    .record({
      head: fc.array(text, { minLength: 1, maxLength: 3 }),
      rows: fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), {
        maxLength: 3,
      }),
    })
    .map((table) => ({ table })),
  words.map((comment) => ({ comment })),
);

export const blocks = fc.array(block, { minLength: 1, maxLength: 12 });

/** A statement with these words. */
export const statement = (id: string | null, words: string): Block => ({
  statement: {
    id,
    at: id ? "00:00:01" : "",
    text: words ? [{ text: words }] : [],
    beneath: [],
  },
});
