import fc from "fast-check";
import { expect, it } from "vitest";
import { inBatches } from "./in-batches.ts";

/** A reading that a test ends by hand. */
function byHand(name: string, most?: number) {
  const begun: { questions: readonly number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const ask = inBatches<number, string>(
    name,
    (questions) =>
      new Promise((resolve, reject) => {
        begun.push({ questions, end: () => resolve(questions.map((one) => `<${one}>`)), fail: reject });
      }),
    most,
  );
  const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { ask, begun, settled };
}

it("answers together who asks together, and who comes later by a later reading", async () => {
  const { ask, begun, settled } = byHand("test.together");
  const early = [ask(1), ask(2)];
  await settled();
  const late = [ask(3), ask(4)];
  await settled();
  expect(begun.map(({ questions }) => questions)).toEqual([[1, 2]]);
  begun[0]?.end();
  expect(await Promise.all(early)).toEqual(["<1>", "<2>"]);
  await settled();
  expect(begun.map(({ questions }) => questions)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  begun[1]?.end();
  expect(await Promise.all(late)).toEqual(["<3>", "<4>"]);
});

it("fails for those of one reading alone", async () => {
  const { ask, begun, settled } = byHand("test.fails");
  const first = ask(1);
  await settled();
  const second = ask(2);
  begun[0]?.fail(new Error("the database is away"));
  await expect(first).rejects.toThrow("the database is away");
  await settled();
  begun[1]?.end();
  expect(await second).toBe("<2>");
});

it("takes no more at once than it may", async () => {
  const { ask, begun, settled } = byHand("test.most", 2);
  const answers = Promise.all([ask(1), ask(2), ask(3)]);
  await settled();
  begun[0]?.end();
  await settled();
  begun[1]?.end();
  expect(await answers).toEqual(["<1>", "<2>", "<3>"]);
  expect(begun.map(({ questions }) => questions)).toEqual([[1, 2], [3]]);
});

it("gives everybody their own answer, of a reading that began after they asked", async () => {
  let now = 0;
  const ask = inBatches<number, { question: number; readAt: number }>("test.any", async (questions) => {
    const readAt = (now += 1);
    await new Promise((resolve) => setImmediate(resolve));
    return questions.map((question) => ({ question, readAt }));
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }), async (pauses) => {
      const asked = pauses.map(async (pause, question) => {
        for (let turn = 0; turn < pause; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        const askedAt = (now += 1);
        const answer = await ask(question);
        expect(answer.question).toBe(question);
        expect(answer.readAt).toBeGreaterThan(askedAt);
      });
      await Promise.all(asked);
    }),
  );
});
