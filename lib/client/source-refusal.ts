import { z } from "zod";

/** How Prometheus refuses a query. */
export const SourceRefusal = z.object({
  status: z.literal("error"),
  errorType: z.string(),
  error: z.string(),
});
