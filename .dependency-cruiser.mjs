const CODE = "^(app|components|lib|prisma|demo|bench|e2e|server\\.ts|proxy\\.ts|instrumentation\\.ts)";
const FEATURE = "^components/(?!ui/|charts/|shell/)([^/]+)/";
const TESTS = "\\.test\\.tsx?$|^lib/server/testing/";

const layer = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: TESTS },
  to: { path: CODE, pathNot: allowed },
});

/** Who may import whom. Every rule has a planted violation in .ci/boundaries.test.ts. */
export default {
  forbidden: [
    {
      name: "no-circular",
      comment: "A cycle has no order in which it can be understood.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "The import leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    layer("domain-imports-nothing", "^lib/domain/", "^lib/domain/", "The domain is pure."),
    {
      name: "domain-no-io",
      comment: "The domain reads no file, clock or network: everything is an argument.",
      severity: "error",
      from: { path: "^lib/(domain|format)/", pathNot: TESTS },
      to: { dependencyTypes: ["core"] },
    },
    layer(
      "format-imports-domain-only",
      "^lib/format/",
      "^lib/(format|domain|contracts)/",
      "Formatting is pure.",
    ),
    layer(
      "contracts-import-domain-only",
      "^lib/contracts/",
      "^lib/(contracts|domain)/",
      "Wire shapes know the domain only.",
    ),
    layer(
      "client-stays-in-the-browser",
      "^lib/client/",
      "^lib/(client|contracts|domain|format)/",
      "The browser's layer.",
    ),
    layer(
      "server-imports-inward",
      "^lib/server/",
      "^lib/(server|contracts|domain|format)/",
      "The server knows no UI.",
    ),
    {
      name: "prisma-only-in-db",
      comment: "Repositories are the only ones to speak to the database.",
      severity: "error",
      from: { pathNot: "^(lib/server/db/|prisma/)" },
      to: { path: "(^lib/server/db/generated/|node_modules/(@prisma|pg)/)" },
    },
    layer(
      "components-never-reach-the-server",
      "^components/",
      "^(components/|lib/(client|contracts|domain|format)/)",
      "Components see the browser's side only.",
    ),
    {
      name: "features-never-meet",
      comment: "Features meet in app/.",
      severity: "error",
      from: { path: FEATURE },
      to: { path: FEATURE, pathNot: "^components/$1/" },
    },
    {
      name: "primitives-know-no-feature",
      comment: "ui, charts and shell serve every feature and know none.",
      severity: "error",
      from: { path: "^components/(ui|charts|shell)/" },
      to: { path: FEATURE },
    },
    {
      name: "charts-own-the-renderer",
      comment: "One TimeSeries API; the renderer behind it can change.",
      severity: "error",
      from: { pathNot: "^components/charts/" },
      to: { path: "node_modules/(recharts|uplot)/" },
    },
    {
      name: "app-not-prisma",
      comment: "Pages call service verbs.",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^(prisma/|lib/server/db/)" },
    },
    layer(
      "demo-stays-outside",
      "^demo/",
      "^(demo/|lib/(contracts|domain|format)/)",
      "The demo is a cluster, not a part of the app.",
    ),
    {
      name: "nobody-imports-the-demo",
      comment: "The product runs without its demo.",
      severity: "error",
      from: { path: "^(app|components|lib|prisma)/", pathNot: TESTS },
      to: { path: "^demo/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^lib/server/db/generated/" },
    exclude: { path: "^\\.next/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["react-server", "import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
