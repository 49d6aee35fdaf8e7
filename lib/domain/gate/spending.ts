/** Longer than that nobody knows what a budget will look like. */
export const MOST_SPENDING_DAYS = 30;
