import { z } from "zod";

const Named = z.array(z.object({ name: z.string() }));

/** What a choice of services reads of the list of them. */
export const ServiceNames = z.object({ data: z.object({ services: Named }) });
/** What a choice of nodes reads of the list of them. */
export const NodeNames = z.object({ data: z.object({ nodes: Named }) });
/** Names of metrics or labels, as Prometheus answers them. */
export const SourceNames = z.object({ data: z.array(z.string()).default([]) });
