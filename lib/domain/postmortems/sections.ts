/** The sections of a post-mortem, in the order they are read (DOMAIN 4); action items are rows of their own. */
export const SECTION_KEYS = [
  "summary",
  "impact",
  "budgetSpent",
  "rootCause",
  "contributingFactors",
  "timeline",
  "wentWell",
  "wentBadly",
  "gotLucky",
  "lessons",
] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];
/** Markdown by section. */
export type Sections = Record<SectionKey, string>;

/** What each section is called, and what it asks: of the system, never of a person. */
export const SECTION_WORDS: Readonly<Record<SectionKey, { title: string; asks: string }>> = {
  summary: { title: "Summary", asks: "What happened, in three sentences that anybody understands." },
  impact: { title: "Impact", asks: "Who noticed what, for how long, and how much of it." },
  budgetSpent: { title: "Budget spent", asks: "What it cost of each error budget." },
  rootCause: { title: "Root cause", asks: "What in the system made it possible. Name parts, not people." },
  contributingFactors: {
    title: "Contributing factors",
    asks: "What made it likelier, worse or longer: missing alerts, limits, reviews, time of day.",
  },
  timeline: { title: "Timeline", asks: "What happened when, from the first sign to the end." },
  wentWell: { title: "What went well", asks: "What worked as it should, and is worth keeping." },
  wentBadly: { title: "What went badly", asks: "What was slow, missing or misleading." },
  gotLucky: { title: "Where we got lucky", asks: "What could have been worse, and what kept it from being." },
  lessons: { title: "Lessons", asks: "What somebody else should know before it happens to them." },
};

/** Sections made by asking for each of them. */
export function mapSections(of: (key: SectionKey) => string): Sections {
  return Object.fromEntries(SECTION_KEYS.map((key) => [key, of(key)])) as Sections;
}
