import "server-only";
import type { Caller } from "./handle.ts";

/**
 * A file as it is written: each part is made when the one before it was taken, so that a long one needs no more memory.
 * The first is there before anything is answered: what fails by then can still be refused.
 */
export async function fileAnswer(
  parts: AsyncGenerator<string, void>,
  { type, name }: { type: string; name: string },
  caller: Pick<Caller, "answerHeaders">,
): Promise<Response> {
  let next = await parts.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(encoder.encode(next.value));
      next = await parts.next();
    },
    cancel: async () => void (await parts.return()),
  });
  const headers = new Headers(caller.answerHeaders);
  headers.set("content-type", type);
  headers.set("content-disposition", `attachment; filename="${name}"`);
  return new Response(body, { headers });
}
