import "server-only";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";

const FILTER = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(==|=~|!~|!=|=)\s*(.*?)\s*$/;
const QUOTED = /^(["'])(.*)\1$/;
/** A class of status codes, as people write it: 5xx. */
const STATUS_CLASS = /^[1-5]xx$/i;

/** A filter such as `status_code != 5xx`; null when it is none. */
export function readFilter(text: string): LabelMatcher | null {
  const parts = FILTER.exec(text);
  const [, label, sign, written] = parts ?? [];
  if (label === undefined || sign === undefined || !written) return null;
  const value = QUOTED.exec(written)?.[2] ?? written;
  const operator = sign === "==" ? "=" : (sign as LabelMatcher["operator"]);
  if (!STATUS_CLASS.test(value)) return { label, operator, value };
  return { label, operator: operator.startsWith("!") ? "!~" : "=~", value: `${value[0]}..` };
}
