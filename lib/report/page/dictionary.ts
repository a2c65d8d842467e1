/** Strings that occur often, each kept once. */
export interface Dictionary {
  readonly values: readonly string[];
  /** 1 for the first string met, and so on; 0 for none. */
  code(text: string | undefined): number;
}

export function dictionary(): Dictionary {
  const values: string[] = [];
  const codes = new Map<string, number>();
  return {
    values,
    code(text) {
      if (text === undefined) return 0;
      const known = codes.get(text);
      if (known !== undefined) return known;
      values.push(text);
      codes.set(text, values.length);
      return values.length;
    },
  };
}
