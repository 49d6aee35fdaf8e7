import "server-only";

/** What foreign clients may ask: Grafana, promtool, logcli. */
export interface Endpoint {
  /** Below the prefix here and below the source's address there; `{name}` stands for a label's name. */
  path: string;
  /** Parameters that pass; of those named more than once the first counts, a form's before the address's. */
  params: readonly string[];
  /** Parameters that pass as often as they are named. */
  lists?: readonly string[];
  /** The source takes no POST form here. */
  getOnly?: boolean;
  /**
   * How it is kept to an actor's matchers. `param`: they are written into the selectors of this parameter;
   * with `add`, it is made up where it is missing or blank. `harmless`: it tells nothing of series or streams.
   * `refused`: it tells of all of them, whoever asks.
   */
  confined: { param: string; add: boolean } | "harmless" | "refused";
}

export type ForeignKind = "prometheus" | "loki";

/** An endpoint and where it is asked upstream: the table's own words, and a label's name that was checked. */
export interface Target {
  kind: ForeignKind;
  endpoint: Endpoint;
  upstreamPath: string;
}
