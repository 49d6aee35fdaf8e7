/** The largest file that a timeline takes. */
export const MAX_ATTACHMENT_BYTES = 10_000_000;
