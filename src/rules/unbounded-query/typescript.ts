import { ts } from 'ts-morph';
import { isAnswerOnly } from '../../core/reduction';
import type { Match } from '../../core/rule';
import { calleeText, methodName } from '../../syntax/typescript/nodes';
import { resultUses } from '../../syntax/typescript/results/resultUses';
import type { TypeScriptMatcher } from '../matchers';
import { fetchesWholeTable } from './wholeTable';
import type { Facts } from './rule';

/** Methods that read one row or a number, or hand the rows over one by one. */
const NOT_ALL = /^(?:findUnique|findFirst|findOne|findById|findByPk|count|exist|aggregate|groupBy|getOne|getCount|first|stream|cursor|distinct|sum|min|max|findAndCount)/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const access = file.dataAccess(call);
    if (access?.kind !== 'query' || NOT_ALL.test(methodName(call) ?? '')) return undefined;
    const query = file.ormQuery(call);
    if (query === undefined || !fetchesWholeTable(query) || isStreamed(call) || isAnswerOnly(resultUses(call, file))) return undefined;
    const { model } = query.fact;
    return { span: file.span(call), facts: { call: calleeText(call), table: access.table, rows: model && { model, eager: [] } } };
  },
};

/** `Order.find().cursor()`, `knex('orders').stream()`. */
function isStreamed(call: ts.CallExpression): boolean {
  const { parent } = call;
  return ts.isPropertyAccessExpression(parent) && /^(?:cursor|stream|iterate|pipe|eachAsync)$/.test(parent.name.text);
}
