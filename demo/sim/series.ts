import type { Moment } from "./moment.ts";

type MetricType = "counter" | "gauge" | "histogram";
export type Labels = Readonly<Record<string, string>>;

/**
 * One time series. `rate` reads the growth per second of a counter, `level` the value itself; NaN means that the series
 * does not exist at that moment.
 */
export interface Series {
  /** With the suffix `_bucket`, `_sum` or `_count` where it is part of a histogram. */
  name: string;
  labels: Labels;
  mode: "rate" | "level";
  /** Counts of things, which never show a fraction. */
  whole: boolean;
  read(moment: Moment): number;
}

export interface Family {
  name: string;
  type: MetricType;
  help: string;
  series: Series[];
}

/** What one scrape of one target answers, in order. */
export class Exposition {
  readonly families: Family[] = [];

  gauge(name: string, help: string): (labels: Labels, read: Series["read"]) => void {
    return this.#family(name, "gauge", help, { mode: "level", whole: false });
  }

  /** A counter of whole things; `perSecond` says how fast it grows. */
  counter(name: string, help: string): (labels: Labels, perSecond: Series["read"]) => void {
    return this.#family(name, "counter", help, { mode: "rate", whole: true });
  }

  /** A counter of seconds, with fractions. */
  secondsCounter(name: string, help: string): (labels: Labels, perSecond: Series["read"]) => void {
    return this.#family(name, "counter", help, { mode: "rate", whole: false });
  }

  /** A counter whose value is known outright, such as a pod's restarts. */
  knownCounter(name: string, help: string): (labels: Labels, read: Series["read"]) => void {
    return this.#family(name, "counter", help, { mode: "level", whole: true });
  }

  /** A classic histogram: `within` is the growth of each bound's bucket, `count` and `sum` that of the totals. */
  histogram(name: string, help: string, bounds: readonly number[]) {
    const add = this.#family(name, "histogram", help, { mode: "rate", whole: true });
    const family = this.families.at(-1)!;
    return (
      labels: Labels,
      read: { within(moment: Moment, bound: number): number; count: Series["read"]; sum: Series["read"] },
    ): void => {
      bounds.forEach((le, bound) =>
        add({ ...labels, le: String(le) }, (moment) => read.within(moment, bound), "_bucket"),
      );
      add({ ...labels, le: "+Inf" }, read.count, "_bucket");
      family.series.push({ name: `${name}_sum`, labels, mode: "rate", whole: false, read: read.sum });
      add(labels, read.count, "_count");
    };
  }

  #family(name: string, type: MetricType, help: string, form: Pick<Series, "mode" | "whole">) {
    const family: Family = { name, type, help, series: [] };
    this.families.push(family);
    return (labels: Labels, read: Series["read"], suffix = ""): void => {
      family.series.push({ name: name + suffix, labels, ...form, read });
    };
  }
}
