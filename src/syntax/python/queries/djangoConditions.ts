import type { FilterOperator, FilterUse } from '../../../core/facts';
import type { OrmFilter } from '../../../core/ormQuery';
import { argumentsOf, calleeOf, memberOf, operatorOf, unwrap, type Argument } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';

/** One condition of a filter and where it stands. */
export interface Condition {
  readonly filter: FilterUse;
  readonly place: OrmFilter;
}

/** Look-ups by what they ask of an index; `wrapped` ones compare a function of the column. */
const LOOKUPS: Readonly<Record<string, { readonly operator: FilterOperator; readonly wrapped?: string }>> = {
  exact: { operator: '=' },
  iexact: { operator: '=', wrapped: 'upper' },
  in: { operator: 'in' },
  gt: { operator: 'range' },
  gte: { operator: 'range' },
  lt: { operator: 'range' },
  lte: { operator: 'range' },
  range: { operator: 'range' },
  isnull: { operator: 'is-null' },
  startswith: { operator: 'like-prefix' },
  istartswith: { operator: 'like-prefix', wrapped: 'upper' },
  contains: { operator: 'like-infix' },
  icontains: { operator: 'like-infix', wrapped: 'upper' },
  endswith: { operator: 'like-infix' },
  iendswith: { operator: 'like-infix', wrapped: 'upper' },
  // Django compares a year with the range of its days.
  year: { operator: 'range' },
};
/** Look-ups that compare a part or a function of the value. */
const TRANSFORMS = new Set(
  'date iso_year month day week week_day iso_week_day quarter time hour minute second lower upper length len unaccent trim abs'.split(' '),
);
const OTHER_LOOKUPS = new Set(
  'regex iregex search trigram_similar trigram_word_similar overlap contained_by has_key has_keys has_any_keys net_contained net_contains net_contains_or_equals iexact_ilike'.split(' '),
);

/** The conditions of `filter(a=1, b__gt=2)`; undefined where one of them is only known when it runs. */
export function conditionsOf(call: PythonNode, file: PythonFile): Condition[] | undefined {
  const found: Condition[] = [];
  for (const argument of argumentsOf(call)) {
    if (argument.name === 'defaults' || argument.name === 'create_defaults') continue;
    const conditions = argument.name === undefined ? positional(argument, file) : [keyword(argument, argument.value)];
    if (conditions === undefined) return undefined;
    found.push(...conditions);
  }
  return found;
}

/** `Q(a=1) & Q(b=2)` narrows like two arguments; under `|` and `~` no single condition has to hold. */
function positional({ value, unpacks }: Argument, file: PythonFile): Condition[] | undefined {
  return unpacks === undefined ? conditionTree(unwrap(value), file, false) : undefined;
}

function conditionTree(node: PythonNode, file: PythonFile, isLoose: boolean): Condition[] | undefined {
  if (node.kind === 'UnaryExpression') return node.lastChild && conditionTree(unwrap(node.lastChild), file, true);
  if (node.kind === 'BinaryExpression') {
    const loose = isLoose || operatorOf(node) !== '&';
    const [left, right] = [node.firstChild!, node.lastChild!].map((side) => conditionTree(unwrap(side), file, loose));
    return left && right ? [...left, ...right] : undefined;
  }
  const callee = calleeOf(node);
  const name = callee && (memberOf(callee)?.name ?? callee.text);
  if (name !== 'Q') return undefined;
  const inner = conditionsOf(node, file);
  return isLoose ? inner?.map(({ filter, place }) => ({ filter: { ...filter, operator: 'other' }, place })) : inner;
}

function keyword({ name }: Argument, value: PythonNode): Condition {
  const { path, operator, wrapped } = lookupOf(name!);
  const isNull = operator === '=' && value.kind === 'None';
  return {
    filter: { column: path, operator: isNull ? 'is-null' : operator, wrappedBy: wrapped, ...(isEnumerated(value) && { isEnumerated: true }) },
    place: { span: { start: value.previous?.previous?.start ?? value.start, end: value.end } },
  };
}

/** "customer.country" and "=" of `customer__country`, "created" and "range" of `created__gte`. */
function lookupOf(keywordName: string): { path: string; operator: FilterOperator; wrapped?: string } {
  const parts = keywordName.split('__');
  let operator: FilterOperator = '=';
  let wrapped: string | undefined;
  const last = parts[parts.length - 1]!;
  if (parts.length > 1 && Object.hasOwn(LOOKUPS, last)) {
    ({ operator, wrapped } = LOOKUPS[last]!);
    parts.pop();
  } else if (parts.length > 1 && OTHER_LOOKUPS.has(last)) {
    operator = 'other';
    parts.pop();
  }
  while (parts.length > 1 && TRANSFORMS.has(parts[parts.length - 1]!)) wrapped = parts.pop();
  return { path: parts.join('.'), operator, wrapped };
}

/** A literal, or a constant such as `Status.OPEN` or `Order.PAID`. */
export function isEnumerated(value: PythonNode): boolean {
  const node = unwrap(value);
  if (/^(?:String|ContinuedString|Number|Boolean|None)$/.test(node.kind)) return true;
  if (/^(?:Array|Tuple|Set)Expression$/.test(node.kind)) {
    const items = node.children.filter((child) => !/^[[\](){},]$/.test(child.kind));
    return items.length > 0 && items.every(isEnumerated);
  }
  return node.kind === 'MemberExpression' && /(?:^|\.)[A-Z][A-Z0-9_]*(?:\.value)?$/.test(node.text);
}
