/** Metrics a batch service reports; all carry the label `service`. */
export const BATCH_METRICS = {
  runs: "batch_runs_total",
  failures: "batch_run_failures_total",
  /** Base name of the histogram of run durations. */
  duration: "batch_duration_seconds",
  lastSuccess: "batch_last_success_timestamp_seconds",
  recordsExpected: "batch_records_expected_total",
  recordsProcessed: "batch_records_processed_total",
} as const;
