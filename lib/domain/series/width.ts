/** How wide a chart is taken to be until it was measured, in px. */
export const DEFAULT_WIDTH_PX = 600;
