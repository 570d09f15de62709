import type { Match } from '../../core/rule';
import { argumentsOf, calleeOf, memberOf, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import { RANDOM_ORDER } from './random';
import type { Facts } from './rule';

/** SQL in strings is read by the SQL matcher; this one knows the ways of the ORMs. */
export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['order_by'],

  find(call, file): Match<Facts> | undefined {
    const member = memberOf(calleeOf(call));
    const random = argumentsOf(call).find(({ value }) => isRandom(value, file))?.value;
    if (member === undefined || random === undefined) return undefined;
    return { span: call, facts: { form: `order_by(${shorten(random.text)})`, table: tableOf(member.object, file) } };
  },
};

/** The model behind a query; a parameter that is only said to be a query set has none. */
function tableOf(query: PythonNode, file: PythonFile): string | undefined {
  const table = file.valueOf(query)?.table;
  return table !== undefined && /^(?:QuerySet|Query|Manager|Select)$/.test(table) ? undefined : table;
}

/** `order_by("?")` of Django, `order_by(func.random())` of SQLAlchemy, `fn.Random()` of Peewee, `text("random()")`. */
function isRandom(value: PythonNode, file: PythonFile): boolean {
  if (value.kind === 'String') return literalText(value) === '?';
  if (value.kind !== 'CallExpression') return false;
  const qualified = file.names.qualified(calleeOf(value)) ?? '';
  if (/^(?:sqlalchemy|sqlmodel)\b.*\bfunc\.rand(?:om)?$|^peewee\.fn\.Rand(?:om)?$|^django\.db\.models\.functions\.Random$/.test(qualified)) return true;
  const [first] = argumentsOf(value);
  return /^sqlalchemy\b.*\btext$/.test(qualified) && RANDOM_ORDER.test(literalText(first?.value) ?? '');
}
