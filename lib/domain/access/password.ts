/** Characters that a password has at least. */
export const MIN_PASSWORD_LENGTH = 12;
