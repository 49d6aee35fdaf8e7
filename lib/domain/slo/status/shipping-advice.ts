import type { SloStatus } from "./axes.ts";

/** What a budget says to whoever wants to ship: a word, and what it means by the risk of a change. */
export interface ShippingAdvice {
  word: string;
  meaning: string;
}

/** The rows of the release matrix (status by risk) in words; the budget advises, the release gate decides. */
const ADVICE: Record<SloStatus, ShippingAdvice> = {
  healthy: { word: "Ship", meaning: "There is budget for changes; have high risks reviewed." },
  attention: {
    word: "Ship with care",
    meaning: "Low risks go; have medium ones reviewed, put high ones off.",
  },
  warning: { word: "Have it reviewed", meaning: "Even low risks need a second look; put medium ones off." },
  critical: { word: "Hold", meaning: "Put off low risks too: the budget burns at more than twice its pace." },
  exhausted: { word: "Stop", meaning: "The budget is gone: only fixes and rollbacks." },
  no_data: { word: "Ask first", meaning: "Nothing is known of it, so have every change reviewed." },
  no_traffic: {
    word: "Ask first",
    meaning: "Nobody used it, so nothing is known: have every change reviewed.",
  },
};

/** What a service's worst status advises. */
export function shippingAdvice(status: SloStatus): ShippingAdvice {
  return ADVICE[status];
}
