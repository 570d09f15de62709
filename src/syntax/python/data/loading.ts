import { argumentsOf, calleeOf, displayItems, memberOf, unwrap } from '../expressions';
import type { PythonNode } from '../node';
import { literalText } from '../strings';

/** What is read along cannot be told from the code, so any relation may be. */
const ANY_RELATION = '*';
/** The beginning of the query is not in sight, so that more may be read along than is known. */
export const MORE_RELATIONS = '?';
/** Django's `select_related()` without names: every foreign key that cannot be null. */
const REQUIRED_RELATIONS = '+';

const DJANGO_LOADERS = /^(?:select_related|prefetch_related)$/;
const SQLALCHEMY_LOADERS = /^(?:joinedload|selectinload|subqueryload|immediateload|contains_eager|eagerload)(?:_all)?$/;

/** The relations, with dots between them, that a method of a query asks to be read along with the rows. */
export function loadedBy(method: string, call: PythonNode): readonly string[] {
  if (method === 'options') return argumentsOf(call).flatMap(({ value, unpacks }) => (unpacks === undefined ? optionPaths(value) : [ANY_RELATION]));
  if (!DJANGO_LOADERS.test(method)) return [];
  const args = argumentsOf(call);
  if (args.length === 0) return method === 'select_related' ? [REQUIRED_RELATIONS] : [];
  return args.flatMap(({ value, unpacks }) => (unpacks === undefined ? relationPaths(value) : unpackedPaths(value)));
}

/** `"customer__country"`, `Prefetch("lines", queryset=...)`. */
function relationPaths(argument: PythonNode): string[] {
  const text = literalText(argument);
  if (text !== undefined) return [text.replaceAll('__', '.')];
  if (argument.text === 'None') return [];
  const first = calleeOf(argument) && argumentsOf(argument)[0]?.value;
  const inner = first && (memberOf(calleeOf(argument))?.name ?? calleeOf(argument)!.text) === 'Prefetch' ? literalText(first) : undefined;
  if (inner === undefined) return [ANY_RELATION];
  // The query set of a Prefetch may read more along, which stands elsewhere.
  return [inner.replaceAll('__', '.'), ...nestedPaths(inner.replaceAll('__', '.'), argument)];
}

function nestedPaths(path: string, prefetch: PythonNode): string[] {
  const queryset = argumentsOf(prefetch).find(({ name }, position) => name === 'queryset' || (name === undefined && position === 1))?.value;
  if (queryset === undefined) return [];
  const inner = chainPaths(queryset);
  return inner === undefined ? [`${path}.${ANY_RELATION}`] : inner.map((each) => `${path}.${each}`);
}

/** What the calls of one chain load; undefined where the chain begins somewhere else. */
function chainPaths(expression: PythonNode): string[] | undefined {
  const found: string[] = [];
  let at = unwrap(expression);
  for (let member = memberOf(calleeOf(at)); member !== undefined; member = memberOf(calleeOf(at))) {
    found.push(...loadedBy(member.name, at));
    at = unwrap(member.object);
  }
  return memberOf(at)?.name === 'objects' ? found : undefined;
}

const unpackedPaths = (value: PythonNode): string[] => {
  const items = displayItems(value);
  return items.length === 0 ? [ANY_RELATION] : items.flatMap(relationPaths);
};

/** `selectinload(Order.lines).joinedload(Line.product)` of SQLAlchemy; `defer`, `load_only` and their kin read nothing along. */
function optionPaths(option: PythonNode): string[] {
  const links: PythonNode[] = [];
  let at: PythonNode | undefined = unwrap(option);
  while (at?.kind === 'CallExpression') {
    links.unshift(at);
    at = memberOf(calleeOf(at))?.object;
    if (at !== undefined && at.kind !== 'CallExpression') break;
  }
  if (links.length === 0) return [ANY_RELATION];
  const paths: string[] = [];
  let prefix = '';
  for (const link of links) {
    const method = memberOf(calleeOf(link))?.name ?? calleeOf(link)!.text;
    if (method === 'options') {
      paths.push(...loadedBy('options', link).map((path) => `${prefix}${path}`));
      continue;
    }
    if (!SQLALCHEMY_LOADERS.test(method)) continue;
    for (const { value } of argumentsOf(link).filter(({ name }) => name === undefined)) {
      const name = attributeName(value);
      paths.push(name === undefined ? ANY_RELATION : `${prefix}${name}`);
      if (name !== undefined) prefix += `${name}.`;
    }
  }
  return paths;
}

/** `lines` of `Order.lines` and of `"lines"`. */
function attributeName(node: PythonNode): string | undefined {
  const text = literalText(node);
  if (text !== undefined) return text === '*' ? undefined : text;
  const member = memberOf(calleeOf(node) ? memberOf(calleeOf(node))?.object : node);
  return member?.name;
}
