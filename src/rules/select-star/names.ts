import type { ResultUses } from '../../core/resultUse';

/** The columns that code uses of each row; undefined where more may be used than is seen. */
export function namesOf({ uses, escapes, partEscapes }: ResultUses): readonly string[] | undefined {
  const paths = uses.flatMap(({ reads }) => reads);
  // A longer path crosses a relation or calls a method, which needs columns of its own.
  if (escapes || partEscapes || paths.length === 0 || paths.some((path) => path.length !== 1 || path[0]!.endsWith('()'))) return undefined;
  return [...new Set(paths.map(([name]) => name!))];
}
