/** Every page there is, with words that only measured data brings. */
export const PAGES = [
  { name: "health", path: "/", heading: "Cluster health", shows: ["ai1", "ai2", "nas1", "checkout"] },
  { name: "services", path: "/services", heading: "Services", shows: ["inference-gateway", "reporting"] },
  { name: "service", path: "/services/checkout", heading: "checkout", shows: ["p99", "requests"] },
  { name: "batch-service", path: "/services/backup", heading: "backup", shows: ["nas1"] },
  { name: "nodes", path: "/nodes", heading: "Nodes", shows: ["ai1", "ai2", "nas1"] },
  { name: "node", path: "/nodes/nas1", heading: "nas1", shows: ["/tank"] },
] as const;

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
