import { UNITS } from "#lib/domain/series/units.ts";

const UNIT_WORDS: Readonly<Record<(typeof UNITS)[number], string>> = {
  seconds: "seconds",
  perSecond: "per second",
  ratio: "ratio, as %",
  bytes: "bytes",
  bytesPerSecond: "bytes per second",
  cores: "cores",
  celsius: "°C",
  count: "count",
  days: "days",
};

/** The units of values as people choose them, in the order of the contract. */
export const UNIT_CHOICES = UNITS.map((value) => ({ value, label: UNIT_WORDS[value] }));
