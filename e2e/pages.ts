/** Every page there is, with words that only its data brings. */
export const PAGES = [
  { name: "health", path: "/", heading: "Cluster health", shows: ["ai1", "ai2", "nas1", "checkout"] },
  { name: "services", path: "/services", heading: "Services", shows: ["inference-gateway", "reporting"] },
  { name: "service", path: "/services/checkout", heading: "checkout", shows: ["p99", "requests"] },
  { name: "batch-service", path: "/services/backup", heading: "backup", shows: ["nas1"] },
  { name: "nodes", path: "/nodes", heading: "Nodes", shows: ["ai1", "ai2", "nas1"] },
  { name: "node", path: "/nodes/nas1", heading: "nas1", shows: ["/tank"] },
  { name: "slos", path: "/slos", heading: "SLOs", shows: ["availability", "Nodes", "User journeys"] },
  { name: "budgets", path: "/budgets", heading: "Budgets", shows: ["People in a team", "checkout"] },
  {
    name: "journeys",
    path: "/journeys",
    heading: "User journeys",
    shows: ["purchase", "Checkout", "critical path"],
  },
  { name: "alerts", path: "/alerts", heading: "Alerts", shows: ["HostDiskFull"] },
  { name: "silences", path: "/alerts/silences", heading: "Silences", shows: [] },
  { name: "runbooks", path: "/alerts/runbooks", heading: "Runbooks", shows: ["SloBudgetBurn", "NodeDown"] },
  {
    name: "runbook",
    path: "/alerts/runbooks/HighErrorRate?service=checkout",
    heading: "HighErrorRate",
    shows: ["First look", "Failing requests by route and status"],
  },
  {
    name: "edit-runbook",
    path: "/alerts/runbooks/HighErrorRate/edit",
    heading: "Edit",
    shows: ["Preview"],
  },
  { name: "rules", path: "/alerts/rules", heading: "Alert rules", shows: ["HostDiskFull"] },
  { name: "incidents", path: "/incidents", heading: "Incidents", shows: [] },
  { name: "metrics", path: "/incidents/metrics", heading: "Incident metrics", shows: [] },
  { name: "actions", path: "/incidents/actions", heading: "Action items", shows: [] },
  {
    name: "notifications",
    path: "/settings/notifications",
    heading: "Notifications",
    shows: ["Demo catcher"],
  },
  { name: "account", path: "/settings/account", heading: "Account", shows: ["admin@demo.example"] },
  { name: "people", path: "/settings/people", heading: "People", shows: ["Sam Okafor", "sre@demo.example"] },
  { name: "roles", path: "/settings/roles", heading: "Roles", shows: ["release manager"] },
  { name: "tokens", path: "/settings/tokens", heading: "Tokens", shows: ["demo"] },
  { name: "sessions", path: "/settings/sessions", heading: "Sessions", shows: ["Ada Lindqvist"] },
  { name: "sources", path: "/settings/sources", heading: "Sources", shows: ["PROMETHEUS_URL"] },
  { name: "audit", path: "/settings/audit", heading: "Audit", shows: ["person.created"] },
] as const;

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
