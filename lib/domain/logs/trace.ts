const NAMES = new Set(["traceid", "trace_id", "otel_trace_id", "dd_trace_id", "trace"]);
const ID = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i;

/** The id of the trace that a line belongs to, from fields by their usual names; null when none is one. */
export function traceIdOf(fields: readonly { name: string; value: string }[]): string | null {
  const own = fields.find(({ name, value }) => {
    const last = name.slice(name.lastIndexOf(".") + 1);
    return NAMES.has(last.replaceAll("-", "_").toLowerCase()) && ID.test(value) && !/^0+$/.test(value);
  });
  return own?.value.toLowerCase() ?? null;
}

/** The address of a trace: the template with `{traceId}` filled in. */
export function traceAddress(template: string, traceId: string): string {
  return template.replaceAll("{traceId}", encodeURIComponent(traceId));
}
