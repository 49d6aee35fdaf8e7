import type { Moment } from "./moment.ts";

type MetricType = "counter" | "gauge" | "histogram";
export type Labels = Readonly<Record<string, string>>;

/**
 * Things counted apart in the finest classes that any series shows. The counts are made whole here, class by class, so that
 * all series that add them up agree with each other at every moment.
 */
export interface Tally {
  classes: number;
  /** Growth of each class; only good until the next call. */
  perSecond(moment: Moment): ArrayLike<number>;
}

interface Named {
  /** With the suffix `_bucket`, `_sum` or `_count` where it is part of a histogram. */
  name: string;
  labels: Labels;
}

/** A series of its own: `rate` reads the growth per second of a counter, `level` the value itself; NaN means that it does not exist. */
interface SingleSeries extends Named {
  mode: "rate" | "level";
  /** Counts of things, which never show a fraction. */
  whole: boolean;
  read(moment: Moment): number;
}

/** The sum of some classes of a tally. */
interface TalliedSeries extends Named {
  mode: "tally";
  tally: Tally;
  classes: readonly number[];
}

export type Series = SingleSeries | TalliedSeries;
type Read = SingleSeries["read"];

export interface Family {
  name: string;
  type: MetricType;
  help: string;
  series: Series[];
}

/** What one scrape of one target answers, in order. */
export class Exposition {
  readonly families: Family[] = [];

  gauge(name: string, help: string): (labels: Labels, read: Read) => void {
    return this.#family(name, "gauge", help, { mode: "level", whole: false });
  }

  /** A counter of whole things; `perSecond` says how fast it grows. */
  counter(name: string, help: string): (labels: Labels, perSecond: Read) => void {
    return this.#family(name, "counter", help, { mode: "rate", whole: true });
  }

  /** A counter of seconds, with fractions. */
  secondsCounter(name: string, help: string): (labels: Labels, perSecond: Read) => void {
    return this.#family(name, "counter", help, { mode: "rate", whole: false });
  }

  /** A counter whose value is known outright, such as a pod's restarts. */
  knownCounter(name: string, help: string): (labels: Labels, read: Read) => void {
    return this.#family(name, "counter", help, { mode: "level", whole: true });
  }

  /** A counter of some of the classes of a tally. */
  talliedCounter(name: string, help: string) {
    const { series } = this.#open(name, "counter", help);
    return (labels: Labels, tally: Tally, classes: readonly number[]): void => {
      series.push({ name, labels, mode: "tally", tally, classes });
    };
  }

  /**
   * A classic histogram of a tally, whose classes go through the buckets in their order, as often as it likes; `sum` is the
   * growth of the sum of what is observed.
   */
  histogram(name: string, help: string, bounds: readonly number[]) {
    const { series } = this.#open(name, "histogram", help);
    return (labels: Labels, tally: Tally, sum: Read): void => {
      const all = Array.from({ length: tally.classes }, (_, index) => index);
      const add = (suffix: string, own: Labels, classes: readonly number[]) =>
        series.push({ name: name + suffix, labels: own, mode: "tally", tally, classes });
      bounds.forEach((le, bound) => {
        const within = all.filter((index) => index % (bounds.length + 1) <= bound);
        add("_bucket", { ...labels, le: String(le) }, within);
      });
      add("_bucket", { ...labels, le: "+Inf" }, all);
      series.push({ name: `${name}_sum`, labels, mode: "rate", whole: false, read: sum });
      add("_count", labels, all);
    };
  }

  #open(name: string, type: MetricType, help: string): Family {
    const family: Family = { name, type, help, series: [] };
    this.families.push(family);
    return family;
  }

  #family(name: string, type: MetricType, help: string, form: Pick<SingleSeries, "mode" | "whole">) {
    const { series } = this.#open(name, type, help);
    return (labels: Labels, read: Read): void => {
      series.push({ name, labels, ...form, read });
    };
  }
}
