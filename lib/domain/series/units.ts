/** How values are written: the formatters in lib/format know these units and no others. */
export const UNITS = [
  "seconds",
  "perSecond",
  "ratio",
  "bytes",
  "bytesPerSecond",
  "cores",
  "celsius",
  "count",
  "days",
] as const;
