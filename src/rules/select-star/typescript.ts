import { ts } from 'ts-morph';
import { isAnswerOnly } from '../../core/reduction';
import type { Fix, Match } from '../../core/rule';
import { objectOf } from '../../syntax/typescript/models/literals';
import { calleeText, nameText } from '../../syntax/typescript/nodes';
import { resultUses } from '../../syntax/typescript/results/resultUses';
import type { TypeScriptMatcher } from '../matchers';
import { namesOf } from './names';
import type { Facts } from './rule';

const LISTS = ['findMany', 'findAll', 'find', 'findBy', 'getMany', 'from', 'where', 'orderBy'];

/** Options and calls that choose columns or read other rows along. */
const CHOOSES = /\b(?:select|omit|include|attributes|relations|populate|projection|fields|columns|with|lean|addSelect|[lr]eftJoin\w*|innerJoin\w*)\b\s*[:(]/;
const PLAIN_SELECT = /\.select\(\s*\)/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: LISTS,

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const access = file.dataAccess(call);
    if (access?.kind !== 'query') return undefined;
    const query = file.ormQuery(call);
    const model = query?.fact.model;
    if (query === undefined || model === undefined || query.fact.columns !== '*' || query.fact.hasLimit || query.isReduced || query.fact.joins.length > 0) return undefined;
    if (CHOOSES.test(call.getText().replace(PLAIN_SELECT, '')) || isChosenBehind(call)) return undefined;
    const uses = resultUses(call, file);
    const used = isAnswerOnly(uses) ? undefined : namesOf(uses);
    return used && { span: file.span(call), facts: { call: calleeText(call), rows: { model, eager: [] }, used } };
  },

  fix: (match, node) => (match.facts.rows?.model.library === 'prisma' ? selectUsed(match.facts.used, node as ts.CallExpression) : undefined),
};

/** `Order.find(…).select('name')`. */
const isChosenBehind = ({ parent }: ts.CallExpression): boolean => ts.isPropertyAccessExpression(parent) && /^(?:select|populate|lean|project|cursor|stream)$/.test(parent.name.text);

/** Adds `select: { id: true }` to the options of Prisma. */
function selectUsed(used: readonly string[], call: ts.CallExpression): Fix | undefined {
  const [argument] = call.arguments;
  const options = objectOf(argument);
  const select = `select: { ${used.map((name) => `${name}: true`).join(', ')} }`;
  const last = options?.properties.at(-1);
  if (argument !== undefined && (options === undefined || (last !== undefined && (!last.name || nameText(last.name as ts.PropertyName) === undefined)))) return undefined;
  const end = last === undefined ? (options ? options.getStart() + 1 : call.end - 1) : last.end;
  const newText = last !== undefined ? `, ${select}` : options ? ` ${select} ` : `{ ${select} }`;
  return {
    title: `Select ${used.join(', ')} only`,
    kind: 'suggestion',
    edits: [{ start: end, end, newText }],
    caveat: 'The rows no longer have the other columns, which their type says too.',
  };
}
