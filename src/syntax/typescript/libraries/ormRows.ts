import { ts } from 'ts-morph';
import type { DataAccess } from '../dataAccess';
import type { TypeScriptFile } from '../file';
import { isFunction, receiverOf, unwrapAwait } from '../nodes';

/** Methods that a row of these libraries writes itself with. */
const ROW_WRITES: Readonly<Record<string, ReadonlySet<string>>> = {
  sequelize: new Set(['save', 'update', 'destroy', 'restore', 'increment', 'decrement']),
  mongoose: new Set(['save', 'updateOne', 'deleteOne', 'remove']),
  typeorm: new Set(['save', 'remove', 'softRemove']),
};

export const ROW_METHODS: ReadonlySet<string> = new Set(Object.values(ROW_WRITES).flatMap((methods) => [...methods]));

/**
 * The query behind `row.save()`, where row is an item of a loop over the rows of one: `for (const row of rows)`,
 * `rows.map((row) => …)`. undefined where it is not known to be one.
 */
export function queryOfRow(row: ts.Expression, method: string, file: TypeScriptFile): DataAccess | undefined {
  if (!ts.isIdentifier(row)) return undefined;
  const declaration = file.scopes.resolve(row)?.node;
  const rows = declaration && itemsOf(declaration, file);
  const query = rows && queryIn(rows, file);
  return query?.kind === 'query' && ROW_WRITES[query.library]?.has(method) ? query : undefined;
}

/** The list whose items a name stands for, one after another. */
function itemsOf(declaration: ts.Node, file: TypeScriptFile): ts.Expression | undefined {
  const { parent } = declaration;
  if (ts.isVariableDeclaration(declaration) && ts.isVariableDeclarationList(parent) && ts.isForOfStatement(parent.parent)) return parent.parent.expression;
  if (!ts.isParameter(declaration) || !isFunction(parent) || parent.parameters[0] !== declaration || !parent.body) return undefined;
  const loop = file.loopAround(parent.body);
  return loop?.kind === 'callback' && loop.body === parent ? loop.collection : undefined;
}

/** Follows a name to what it was declared as, and a chain of calls inwards to the one that asks the database. */
function queryIn(rows: ts.Expression, file: TypeScriptFile): DataAccess | undefined {
  let at: ts.Expression | undefined = unwrapAwait(rows);
  if (ts.isIdentifier(at)) {
    const declaration = file.scopes.resolve(at)?.node;
    at = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrapAwait(declaration.initializer) : undefined;
  }
  while (at && ts.isCallExpression(at)) {
    const query = file.dataAccess(at);
    if (query) return query;
    const receiver: ts.Expression | undefined = receiverOf(at);
    at = receiver && unwrapAwait(receiver);
  }
  return undefined;
}
