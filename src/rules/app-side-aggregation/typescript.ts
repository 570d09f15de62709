import { ts } from 'ts-morph';
import { reductionOf } from '../../core/reduction';
import type { Fix, Match } from '../../core/rule';
import type { Span } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { objectOf } from '../../syntax/typescript/models/literals';
import { calleeText, methodName, propertyOf, receiverOf } from '../../syntax/typescript/nodes';
import { resultUses } from '../../syntax/typescript/results/resultUses';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';

/** Methods that read many rows. */
const LISTS = ['findMany', 'findAll', 'find', 'findBy', 'getMany', 'getRawMany', 'all', 'select', 'where', 'from', 'orderBy', 'innerJoin', 'leftJoin'];

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: LISTS,

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    if (!LISTS.includes(methodName(call) ?? '')) return undefined;
    const access = file.dataAccess(call);
    if (access?.kind !== 'query') return undefined;
    const reduced = reductionOf(resultUses(call, file));
    const query = reduced && file.ormQuery(call);
    // A query with conditions that are not known may be limited by them.
    if (reduced === undefined || query === undefined || query.fact.hasLimit || isSingle(reduced.reduction, query.fact.filters.length, query.fact.orderBy.length)) return undefined;
    const { fact } = query;
    return {
      span: reduced.span,
      facts: {
        call: calleeText(call),
        reduction: reduced.reduction,
        reads: reduced.reads,
        table: access.table,
        rows: fact.model && { model: fact.model, eager: [] },
        equal: fact.filters.flatMap(({ operator, column }) => (operator === '=' ? [column] : [])),
      },
    };
  },

  fix: (match, node, file) => countFix(match.facts, match.span, node as ts.CallExpression, file),
};

/** `const [user] = …where(eq(users.email, email))` asks for one row in Drizzle's own way; the first of an order is a choice among many. */
const isSingle = (reduction: Facts['reduction'], filters: number, order: number): boolean => reduction === 'first' && filters > 0 && order === 0;

/** `(await prisma.order.findMany({ where })).length` is `await prisma.order.count({ where })`. */
function countFix({ reduction }: Facts, span: Span, call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const options = objectOf(call.arguments[0]);
  const isPlain = call.arguments.length === 0 || (options !== undefined && options.properties.every((property) => ['where', 'select', 'orderBy', 'include'].includes(property.name?.getText() ?? '')));
  const isDirect = span.start <= call.getStart() && call.end <= span.end;
  if (reduction !== 'count' || file.dataAccess(call)?.library !== 'prisma' || !isPlain || !isDirect) return undefined;
  const where = options && propertyOf(options, 'where');
  const condition = where === undefined ? '' : where.getText() === 'where' ? '{ where }' : `{ where: ${where.getText()} }`;
  return {
    title: 'Count the rows in the database',
    kind: 'suggestion',
    edits: [{ ...span, newText: `(await ${receiverOf(call)!.getText()}.count(${condition}))` }],
    caveat: 'The rows are no longer read, so that nothing else can be taken from them.',
  };
}
