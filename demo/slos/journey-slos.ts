import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { over, type RunbookUrl, slo } from "./base.ts";

/** The demo's user journeys; each step is an SLO of a service. */
export function journeySlos(runbookUrl: RunbookUrl): SloDefinition[] {
  const needed = (name: string, key: string) => ({ name, slo: key, onCriticalPath: true });
  return [
    slo({
      name: "purchase",
      description: "Somebody finds a product, puts it into the cart and pays.",
      owner: "storefront",
      sli: {
        kind: "composite",
        combine: "serial",
        businessImpact: "high",
        steps: [
          { name: "Suggest", slo: "search/suggestions", onCriticalPath: false },
          needed("Browse", "web/product-page"),
          needed("Cart", "checkout/cart"),
          needed("Checkout", "checkout/payment"),
        ],
      },
      objectives: over(0.998, 30),
      runbookUrl: runbookUrl("HighErrorRate"),
    }),
    slo({
      name: "ask-the-model",
      description: "Somebody signs in and gets an answer from the model.",
      owner: "ml-platform",
      sli: {
        kind: "composite",
        combine: "serial",
        businessImpact: "medium",
        steps: [needed("Sign in", "auth/login"), needed("Ask", "inference-gateway/completions")],
      },
      objectives: over(0.998, 30),
      runbookUrl: runbookUrl("HighErrorRate"),
    }),
  ];
}
