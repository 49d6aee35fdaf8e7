import "server-only";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { AppError } from "#lib/server/errors.ts";
import { confineLogql, logqlSelector } from "../confine/logql.ts";
import { confinePromql, promqlSelector } from "../confine/promql.ts";
import type { ForeignKind, Target } from "./endpoint.ts";

const LANGUAGE: Readonly<
  Record<
    ForeignKind,
    {
      confine: (expr: string, matchers: readonly LabelMatcher[]) => string;
      selector: (matchers: readonly LabelMatcher[]) => string;
    }
  >
> = {
  prometheus: { confine: confinePromql, selector: promqlSelector },
  loki: { confine: confineLogql, selector: logqlSelector },
};

/**
 * The parameters as an actor with these matchers may ask them.
 * @throws AppError `forbidden` where an endpoint cannot be confined, `bad_query` where a query cannot.
 */
export function confineParams(
  { kind, endpoint: { confined, path } }: Target,
  params: URLSearchParams,
  matchers: readonly LabelMatcher[],
): URLSearchParams {
  if (matchers.length === 0 || confined === "harmless") return params;
  if (confined === "refused") {
    throw new AppError("forbidden", `${path} tells of everything; your role or token is limited by labels`);
  }
  const { confine, selector } = LANGUAGE[kind];
  const { param, add } = confined;
  const asked = params.getAll(param).filter((value) => !add || value.trim() !== "");
  const allowed =
    asked.length === 0 && add ? [selector(matchers)] : asked.map((one) => confine(one, matchers));
  const out = new URLSearchParams([...params].filter(([name]) => name !== param));
  for (const value of allowed) out.append(param, value);
  return out;
}
