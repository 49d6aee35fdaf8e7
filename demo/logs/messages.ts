type Texts = readonly [string, ...string[]];

/** What a service writes about its work; `json` services log JSON, the others logfmt. */
export interface Messages {
  format: "json" | "logfmt";
  done: string;
  failed: { 500: Texts; 503: Texts; 504: Texts };
  /** Written now and then whatever the traffic. */
  housekeeping: Texts;
  /** What it repeats without end when it storms. */
  storm: string;
}

export const MESSAGES: Readonly<Record<string, Messages>> = {
  checkout: {
    format: "json",
    done: "request completed",
    failed: {
      500: ["payment could not be recorded: deadlock detected", "order total does not match the cart"],
      503: ["payment provider refused the connection", "connection pool exhausted: 40 of 40 in use"],
      504: ["payment provider did not answer in time", "auth did not answer in time"],
    },
    housekeeping: ["connection pool: 11 of 40 in use", "exchange rates refreshed", "expired carts removed"],
    storm: "retrying payment webhook delivery",
  },
  auth: {
    format: "json",
    done: "request completed",
    failed: {
      500: ["session could not be decoded: unexpected end of token", "password hash has an unknown scheme"],
      503: ["redis refused the connection", "too many logins wait for a hashing slot"],
      504: ["redis did not answer in time"],
    },
    housekeeping: ["signing keys rotated", "expired sessions removed", "rate limit table compacted"],
    storm: "session cache miss, reading from database",
  },
  "inference-gateway": {
    format: "json",
    done: "inference completed",
    failed: {
      500: ["CUDA out of memory while allocating the key-value cache", "tokenizer rejected the prompt"],
      503: ["no worker is free: queue is full", "model is still loading"],
      504: ["generation exceeded its deadline", "media-store did not answer in time"],
    },
    housekeeping: ["batch scheduler: mean batch size 6", "key-value cache trimmed", "model weights verified"],
    storm: "worker heartbeat late",
  },
  search: {
    format: "logfmt",
    done: "query served",
    failed: {
      500: ["index segment is corrupt", "ranking model answered NaN"],
      503: ["no replica of shard 3 is available"],
      504: ["shard 1 did not answer in time", "inference-gateway did not answer in time"],
    },
    housekeeping: ["merged 4 segments", "index refreshed", "query cache: 82 % hits"],
    storm: "slow query logged for analysis",
  },
  web: {
    format: "json",
    done: "page rendered",
    failed: {
      500: ["render failed: cannot read properties of undefined (reading 'price')", "template is missing"],
      503: ["checkout is unavailable", "search is unavailable"],
      504: ["search did not answer in time", "checkout did not answer in time"],
    },
    housekeeping: ["asset manifest reloaded", "page cache: 91 % hits", "feature flags refreshed"],
    storm: "hydration mismatch reported by browser",
  },
  reporting: {
    format: "logfmt",
    done: "report generated",
    failed: {
      500: ["report template failed: division by zero", "sheet exceeds 1048576 rows"],
      503: ["warehouse refused the connection"],
      504: ["warehouse query exceeded its deadline"],
    },
    housekeeping: ["schedule read: 14 reports", "old reports removed"],
    storm: "row skipped: unknown currency",
  },
  "media-store": {
    format: "logfmt",
    done: "object served",
    failed: {
      500: ["checksum mismatch while reading object", "write failed: no space left on device"],
      503: ["volume is read-only", "too many open files"],
      504: ["disk did not answer in time"],
    },
    housekeeping: ["scrub finished without errors", "orphaned uploads removed", "metadata compacted"],
    storm: "object access denied by policy",
  },
  backup: {
    format: "logfmt",
    done: "backup finished",
    failed: {
      500: ["backup failed: no space left on device"],
      503: ["media-store is unavailable"],
      504: ["snapshot did not finish in time"],
    },
    housekeeping: ["retention applied", "catalogue verified", "waiting for the next slot"],
    storm: "file changed while it was read",
  },
};
