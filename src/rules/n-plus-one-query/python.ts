import type { Fix, Match, MatchConfidence } from '../../core/rule';
import { indentationAt } from '../../core/text';
import { MORE_RELATIONS } from '../../syntax/python/data/loading';
import { argumentsOf, calleeOf, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { Loop } from '../../syntax/python/loops';
import { isHandful, perItemCall } from '../../syntax/python/perItem';
import { originOf } from '../../syntax/python/queries/origin';
import { rowRead } from '../../syntax/python/rowReads';
import { simpleAssignment } from '../../syntax/python/statements';
import { asksForBatch, endsLoop, isBoundedByDesign } from '../boundedPython';
import { growsWithData } from '../growthPython';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'MemberExpression'],

  find(call, file) {
    if (call.kind === 'MemberExpression') return file.usesOrm ? relationRead(call, file) : undefined;
    const found = perItemCall(call, file, 'query');
    if (found === undefined || isReadToWrite(call, file) || isBoundedByDesign(found.loop, file) || asksForBatch(call, found.loop, file) || endsLoop(call, found.loop)) return undefined;
    const { text, access, callee, loop, concurrent, size } = found;
    return {
      span: call,
      size,
      confidence: confidenceOf(loop, file),
      facts: {
        call: text,
        loop: loop.label,
        library: access?.library,
        table: access?.table,
        callee,
        concurrent: concurrent || undefined,
        prefetchable: access?.relation,
        loaded: loadedWith(loop, file),
      },
    };
  },

  fix: (_match: Match<Facts>, call, file) => (call.kind === 'CallExpression' ? bulkRead(call, file) : undefined),
};

/** One user, one form or one parent has few of anything: the code has to show that what is gone through grows with the data. */
function confidenceOf(loop: Loop, file: PythonFile): MatchConfidence {
  if (isHandful(loop)) return 'possible';
  return growsWithData(loop.iterable, file) ? 'likely' : 'unsized';
}

/** What the query of the loop reads along, where all of the query is in sight. */
function loadedWith({ iterable }: Loop, file: PythonFile): readonly string[] | undefined {
  const value = iterable && file.valueOf(iterable);
  const isQuery = value?.kind === 'queryset' || value?.kind === 'manager';
  return isQuery && value.eager?.includes(MORE_RELATIONS) === false ? value.eager : undefined;
}

/** `order.customer.name` in a loop over orders; whether `customer` is a relation the linker knows from the models. */
function relationRead(member: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const found = rowRead(member, file);
  if (found === undefined || isBoundedByDesign(found.loop, file)) return undefined;
  const { rows, paths, before, text, loop, size } = found;
  const origin = originOf(loop.iterable, file);
  return {
    span: { start: member.start, end: member.end },
    size,
    confidence: confidenceOf(loop, file),
    facts: { call: text, loop: loop.label, library: rows.model.library, read: { ...rows, paths, before, row: member.firstChild!.text, origin } },
  };
}

/** `Order.objects.get(...).delete()`: the write is the finding. */
function isReadToWrite(call: PythonNode, file: PythonFile): boolean {
  const outer = call.parent?.parent;
  return memberOf(call.parent)?.object === call && outer?.kind === 'CallExpression' && file.dataAccess(outer)?.kind === 'write';
}

/**
 * `order = Order.objects.get(pk=line.order_id)` as a statement of a for loop over a name or attribute:
 * `in_bulk` before the loop, a look-up inside.
 */
function bulkRead(call: PythonNode, file: PythonFile): Fix | undefined {
  const getter = memberOf(calleeOf(call));
  const [key, ...others] = argumentsOf(call);
  const isManager = getter !== undefined && file.valueOf(getter.object)?.kind === 'manager';
  if (!isManager || getter.name !== 'get' || others.length > 0 || !/^(?:pk|id)$/.test(key?.name ?? '')) return undefined;
  const assignment = simpleAssignment(call.parent);
  const loop = file.loopsAround(call)[0];
  if (assignment?.value !== call || loop?.kind !== 'for' || loop.isAsync || loop.targets.length !== 1) return undefined;
  if (loop.iterable === undefined || !/^[\w.]+$/.test(loop.iterable.text)) return undefined;
  if (file.valueOf(loop.iterable)?.kind === 'iterator') return undefined;
  const target = loop.targets[0]!;
  const isSimpleKey = new RegExp(`^${target.text}(?:\\.\\w+|\\[["'\\w]+\\])*$`).test(key!.value.text);
  const table = `${assignment.target.text}_by_id`;
  if (!isSimpleKey || assignment.target.kind !== 'VariableName' || file.scopes.resolve(table, call) !== undefined) return undefined;
  const indentation = indentationAt(file.text, loop.node.start);
  const keys = `${key!.value.text} for ${target.text} in ${loop.iterable.text}`;
  return {
    title: 'Read all rows with one in_bulk() before the loop',
    kind: 'suggestion',
    edits: [
      { start: loop.node.start, end: loop.node.start, newText: `${table} = ${getter.object.text}.in_bulk({${keys}})\n${indentation}` },
      { start: call.start, end: call.end, newText: `${table}[${key!.value.text}]` },
    ],
    caveat: 'A missing row raises KeyError instead of DoesNotExist, and the loop sees the rows as they were before it began.',
  };
}
