import { mapSections, SECTION_KEYS, type SectionKey, type Sections } from "./sections.ts";

/** Two edits of one text put together. */
export interface MergedSections {
  /** Where both changed a section differently, mine. */
  sections: Sections;
  /** The sections that somebody has to decide on. */
  conflicts: SectionKey[];
}

/** Puts my edit and theirs together by section: what only one of us changed is taken from who changed it. */
export function mergeSections(base: Sections, mine: Sections, theirs: Sections): MergedSections {
  return {
    sections: mapSections((key) => (mine[key] === base[key] ? theirs[key] : mine[key])),
    conflicts: SECTION_KEYS.filter(
      (key) => mine[key] !== base[key] && theirs[key] !== base[key] && mine[key] !== theirs[key],
    ),
  };
}
