/** A column, perhaps inside a function such as LOWER, compared by LIKE with a parameter. */
const BOUND_LIKE = /(?:\w+\s*\(\s*)?(?:["`\w]+\.)?["`]?(\w+)["`]?\s*\)?\s+(?:NOT\s+)?(I?LIKE)\s+(?:\w+\s*\(\s*)?(?:\?|\$\d+|:\w+|@\w+|%s|%\(\w+\)s)/i;

/** The column and the operator of the first LIKE whose pattern is bound from outside the statement's text. */
export function boundLike(sql: string): { readonly column: string; readonly operator: string } | undefined {
  const match = BOUND_LIKE.exec(sql);
  return match ? { column: match[1]!, operator: match[2]!.toUpperCase() } : undefined;
}
