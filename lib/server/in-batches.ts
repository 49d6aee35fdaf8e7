import "server-only";
import { singleton } from "./singleton.ts";

interface Waiting<Q, A> {
  question: Q;
  resolve: (answer: A) => void;
  reject: (reason: unknown) => void;
}

interface Turns<Q, A> {
  waiting: Waiting<Q, A>[];
  isBusy: boolean;
}

/**
 * Has many questions answered at once: whoever asks while an answering is under way waits for the next, so that nobody
 * is told what was read before they asked. One that fails, fails for all who asked together.
 * @param name unique among all batches
 * @param answerAll as many answers as questions, in their order
 * @param most questions that are answered at once
 */
export function inBatches<Q, A>(
  name: string,
  answerAll: (questions: readonly Q[]) => Promise<readonly A[]>,
  most = 64,
): (question: Q) => Promise<A> {
  const turns = () => singleton<Turns<Q, A>>(`batches.${name}`, () => ({ waiting: [], isBusy: false }));
  const answerInTurn = async (mine: Turns<Q, A>) => {
    while (mine.waiting.length > 0) {
      const taken = mine.waiting.splice(0, most);
      try {
        const answers = await answerAll(taken.map(({ question }) => question));
        taken.forEach(({ resolve }, nth) => resolve(answers[nth] as A));
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    mine.isBusy = false;
  };
  return (question) =>
    new Promise((resolve, reject) => {
      const mine = turns();
      mine.waiting.push({ question, resolve, reject });
      if (mine.isBusy) return;
      mine.isBusy = true;
      // What arrived with it comes along.
      setImmediate(() => void answerInTurn(mine));
    });
}
