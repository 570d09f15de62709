import { isFewByNature } from '../syntax/cardinality';
import { argumentAt, argumentsOf, calleeOf, isComprehension, memberOf, rootName } from '../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../syntax/python/file';
import { sourceOf, type Loop } from '../syntax/python/loops';
import { isConstantTable } from '../syntax/python/rounds';
import { growsWithData } from './growthPython';

/** What is written out item by item is as long as somebody cared to type. */
const WRITTEN_OUT = 20;
const CONFIGURED = /^(?:self\.)?(?:_?settings|conf|config|current_app\.config|app\.config|options)\b[.[]|^(?:os\.)?environ\b|\b_meta\b/;
const DEFAULTS = /(?:^|\.)_?default_/i;
/** The folders of a path, and what a schema or a program is made of. */
const OF_A_PROGRAM = /\.parts$|(?:^|[._])(?:tables?|models?|migrations?|sequences?|databases|backends|apps|app_configs|plugins?|dialects?|blocks?_?registry|registry|form|formset)(?:\(\))?$/i;

/** Named as what is few in general, but rows of it may be as many as those who use the program. */
const ROWS_OF_USERS = /(?:segment|run|recipient|categor(?:y|ies)|feature|step|action|section|selection|alias(?:es)?|trigger|listener|condition|measure|plan)s?$/i;

/** Whether somebody wrote down, configured or declared how many rounds a loop has, so that they do not grow with the data. */
export function isBoundedByDesign(loop: Loop, file: PythonFile): boolean {
  const { iterable, label, size } = loop;
  if (size !== undefined) return size < WRITTEN_OUT;
  if (iterable === undefined) return false;
  const source = sourceOf(iterable).text;
  if (CONFIGURED.test(source) || DEFAULTS.test(source) || isConstantTable(source.split('.').pop()!) || isCutShort(iterable)) return true;
  return (isFewByNature(label) && !ROWS_OF_USERS.test(label)) || OF_A_PROGRAM.test(source) ? !growsWithData(iterable, file) : false;
}

/** A table of types, roles, settings or plug-ins has as many rows as somebody set up. */
export function isSmallTable(table: string | undefined): boolean {
  return table !== undefined && ((isFewByNature(table) && !ROWS_OF_USERS.test(table)) || /(?:^|_)(?:plug_?in|menu|setting|config|custom_?field)s?(?:_|$)/i.test(table.replace(/(?<=[a-z])(?=[A-Z])/g, '_')));
}

/** `rows[:3]`. */
function isCutShort(iterable: PythonNode): boolean {
  const stop = /\[:(\d+)\]\)*$/.exec(iterable.text)?.[1];
  return stop !== undefined && Number(stop) < WRITTEN_OUT;
}

/** `cancel(id); raise Conflict()`: what stands in front of a raise, break or return in its block runs once at most. */
export function endsLoop(call: PythonNode, { node }: Loop): boolean {
  for (let child = call, at = call.parent; at !== undefined && child !== node; child = at, at = at.parent) {
    if (at.kind === 'Body' && at.parent !== node && /^(?:Raise|Break|Return)Statement$/.test(at.lastChild?.kind ?? '')) return true;
  }
  return false;
}

/**
 * Whether a query in a loop asks for many keys at once: `filter(id__in=ids)` where the ids are those of the round's group, also
 * where the query was built in a statement before. One query a group is what a batch looks like.
 */
export function asksForBatch(call: PythonNode, loop: Loop, file: PythonFile): boolean {
  return [call, ...builtBefore(call, loop, file)].some((query) =>
    [query, ...query.descendants('CallExpression')].some((inner) => {
      const keys = memberOf(calleeOf(inner))?.name === 'in_' ? argumentAt(inner, 0) : argumentsOf(inner).find(({ name }) => name?.endsWith('__in'))?.value;
      return keys !== undefined && isGroupOfKeys(keys, loop, file);
    }),
  );
}

/** What the round has built up of the query that the call runs: `query = query.filter(...)`, `session.scalars(statement)`. */
function builtBefore(call: PythonNode, loop: Loop, file: PythonFile): readonly PythonNode[] {
  const receiver = memberOf(calleeOf(call))?.object;
  const parts = [receiver && rootName(receiver), argumentAt(call, 0)];
  return parts.flatMap((part) => (part?.kind === 'VariableName' ? boundInside(part, loop, file) : []));
}

function isGroupOfKeys(keys: PythonNode, loop: Loop, file: PythonFile): boolean {
  if (keys.kind !== 'VariableName') return false;
  if (loop.targets.some((target) => target.text === keys.text || target.descendants('VariableName').some(({ text }) => text === keys.text))) return true;
  return boundInside(keys, loop, file).some((value) => isComprehension(value) || /^(?:list|set|sorted|tuple)$/.test(value.calledName));
}

function boundInside(name: PythonNode, loop: Loop, file: PythonFile): readonly PythonNode[] {
  const bindings = file.scopes.resolve(name.text, name)?.bindings ?? [];
  return bindings.flatMap(({ node, value }) => (value !== undefined && loop.node.contains(node) ? [value] : []));
}
