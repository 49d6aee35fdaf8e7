type Param = string | string[] | undefined;

/** A text of an address, of at most `most` characters; undefined for none, an empty one, and several. */
export function textParam(value: Param, most = 200): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= most ? value : undefined;
}

/** The one of `choices` that an address names; undefined for whatever is none of them. */
export function choiceParam<T extends string>(choices: readonly T[], value: Param): T | undefined {
  return choices.find((choice) => choice === value);
}

/** An object without what is undefined. */
export function known<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
