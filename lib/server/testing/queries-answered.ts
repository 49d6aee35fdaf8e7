import "server-only";

/** How many instant and range queries a Prometheus has answered so far. */
export async function queriesAnswered(prometheusUrl: string): Promise<number> {
  const text = await (await fetch(`${prometheusUrl}/metrics`)).text();
  const lines =
    text.match(/^prometheus_http_requests_total\{.*handler="\/api\/v1\/query(_range)?".*$/gm) ?? [];
  return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}
