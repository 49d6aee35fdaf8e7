import { encodeLabels } from "./remote-write.ts";
import type { Family, Series } from "./series.ts";
import { TARGETS } from "./targets.ts";
import { Timeline, type Checkpoints } from "./timeline.ts";
import type { World } from "./world.ts";

type Target = (typeof TARGETS)[number];

/** A target with its families; its series stand from `first` on in the values of the timeline. */
export interface SimulatedTarget {
  target: Target;
  families: Family[];
  series: Series[];
  first: number;
}

/** A world with everything that can be measured in it. */
export interface Simulation {
  world: World;
  targets: SimulatedTarget[];
  /** All series of all targets, in their order. */
  series: Series[];
  timeline: Timeline;
}

export function simulate(world: World, checkpointsOf: (series: Series[]) => Checkpoints): Simulation {
  const series: Series[] = [];
  const targets = TARGETS.map((target): SimulatedTarget => {
    const { families } = target.exposition(world);
    const own = families.flatMap((family) => family.series);
    const first = series.push(...own) - own.length;
    return { target, families, series: own, first };
  });
  return { world, targets, series, timeline: new Timeline(world, series, checkpointsOf(series)) };
}

/** Labels of every series as Prometheus stores them, with those the scrape adds; then those of `up` per target. */
export function storedLabels(targets: readonly SimulatedTarget[]): Uint8Array[] {
  const scraped = (target: Target) => ({ job: target.job, instance: target.instance, ...target.labels });
  return [
    ...targets.flatMap(({ target, series }) =>
      series.map(({ name, labels }) => encodeLabels(name, { ...scraped(target), ...labels })),
    ),
    ...targets.map(({ target }) => encodeLabels("up", scraped(target))),
  ];
}
