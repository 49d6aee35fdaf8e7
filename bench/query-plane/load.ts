// A process of its own that asks one question over kept connections for a while, each as fast as it is answered.
import net from "node:net";
import { performance } from "node:perf_hooks";

/** What every connection sends, again and again, and how long one answer is on the wire. */
export interface Load {
  port: number;
  requests: string[];
  answerBytes: number;
  ms: number;
}

/** Answers, and milliseconds from question to answer. */
export interface LoadResult {
  answers: number;
  seconds: number;
  p50Ms: number;
  p99Ms: number;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Every answer is as long as the first one, which was read and held to what it must be. */
async function run({ port, requests, answerBytes, ms }: Load): Promise<LoadResult> {
  const took: number[] = [];
  const startMs = performance.now();
  const one = (request: string) =>
    new Promise<void>((resolve, reject) => {
      const bytes = Buffer.from(request, "latin1");
      let missing = answerBytes;
      let askedMs = performance.now();
      const socket = net.connect({ port, host: "127.0.0.1", noDelay: true }, () => socket.write(bytes));
      socket.on("data", (chunk) => {
        missing -= chunk.length;
        if (missing > 0) return;
        if (missing < 0) return void reject(new Error("an answer of another length"));
        const nowMs = performance.now();
        took.push(nowMs - askedMs);
        if (nowMs - startMs > ms) return void (socket.destroy(), resolve());
        missing = answerBytes;
        askedMs = nowMs;
        socket.write(bytes);
      });
      socket.once("error", reject);
      socket.once("end", () => reject(new Error("the connection was ended")));
    });
  await Promise.all(requests.map(one));
  const seconds = (performance.now() - startMs) / 1000;
  took.sort((a, b) => a - b);
  return { answers: took.length, seconds, p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99) };
}

process.on("message", (load) => {
  run(load as Load).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
