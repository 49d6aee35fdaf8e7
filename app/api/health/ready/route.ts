import { readiness } from "#lib/server/services/health/readiness.ts";

export async function GET(): Promise<Response> {
  const answer = await readiness();
  return Response.json(answer, {
    status: answer.status === "ready" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
