import type { Fix, Match } from '../../core/rule';
import { isBulkWrite } from '../../syntax/python/data/access';
import { argumentAt, argumentsOf, calleeOf, isComprehension, memberOf } from '../../syntax/python/expressions';
import type { DataAccess, PythonFile, PythonNode } from '../../syntax/python/file';
import { mentions, sleeps } from '../../syntax/python/iteration';
import type { Loop } from '../../syntax/python/loops';
import { commitPerItem, isHandful, perItemCall } from '../../syntax/python/perItem';
import { rowsOf } from '../../syntax/python/rowReads';
import { assignmentOf, statementsOf } from '../../syntax/python/statements';
import { asksForBatch, endsLoop, isBoundedByDesign } from '../boundedPython';
import { growsWithData } from '../growthPython';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

const BULK_OPERATIONS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^django$/, /^a?(?:create|get_or_create)$/, 'bulk_create'],
  [/^django$/, /^a?update_or_create$/, 'bulk_create(update_conflicts=True)'],
  [/^django$/, /^a?(?:save|update)$/, 'bulk_update or one queryset.update()'],
  [/^django$/, /^a?delete$/, 'one queryset.delete()'],
  [/^django$/, /^(?:add|remove|set)$/, 'one call with all objects'],
  [/^sqlalchemy$/, /^(?:commit|flush)$/, 'one commit after the loop'],
  [/^sqlalchemy$/, /./, 'one execute() with a list of rows'],
  [/^pymongo$/, /^insert_one$/, 'insert_many'],
  [/^pymongo$/, /./, 'bulk_write'],
  [/./, /^execute$/, 'executemany'],
];

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],

  find(call, file) {
    const found = perItemCall(call, file, 'write') ?? commitPerItem(call, file);
    if (found === undefined || (found.access && isBulkWrite(found.access.verb)) || asksForKey(call, found.loop)) return undefined;
    if (isBoundedByDesign(found.loop, file) || asksForBatch(call, found.loop, file) || endsLoop(call, found.loop) || writesMany(call, found.loop) || sleeps(found.loop) || isMeantSo(call, found.loop)) return undefined;
    const { text, access, callee, loop, concurrent, size } = found;
    return {
      span: call,
      size,
      // One user, one form or one parent has few of anything: the code has to show that what is written grows with the data.
      confidence: isHandful(loop) ? 'possible' : growsWithData(loop.iterable, file) ? 'likely' : 'unsized',
      facts: {
        call: text,
        loop: loop.label,
        library: access?.library,
        table: access?.table,
        bulk: access && (isCopied(call, loop) ? 'bulk_create' : bulkOperation(access)),
        callee,
        concurrent: concurrent || undefined,
        deleted: access?.library === 'django' && /^a?delete$/.test(access.verb) ? deletedRows(call, file) : undefined,
        saved: access?.library === 'django' && /^a?(?:save|create|get_or_create|update_or_create)$/.test(access.verb) ? rowsOf(file.valueOf(memberOf(calleeOf(call))!.object)) : undefined,
      },
    };
  },

  fix: (_match: Match<Facts>, call, file) => executeMany(call, file) ?? bulkCreate(call, file),
};

/** Each round needs the key its row was given, which a bulk statement of the DB-API does not report. */
function asksForKey(call: PythonNode, { node }: Loop): boolean {
  if (node.descendants('PropertyName').some(({ text }) => /^(?:lastrowid|inserted_primary_key|insert_id|inserted_id)$/.test(text))) return true;
  if (call.calledName !== 'flush') return false;
  const added = new Set(node.descendants('CallExpression').map((each) => (each.calledName === 'add' ? argumentAt(each, 0)?.text : undefined)));
  return node.descendants('MemberExpression').some((each) => {
    const member = each.index > call.index ? memberOf(each) : undefined;
    return member !== undefined && /^(?:\w+_)?(?:id|pk|uuid)$/.test(member.name) && added.has(member.object.text);
  });
}

/** `connection.execute(insert(table), rows)` with the rows of the round's group: one statement for all of them. */
function writesMany(call: PythonNode, { targets }: Loop): boolean {
  const values = call.calledName === 'execute' ? argumentAt(call, 1) : undefined;
  const isRow = targets.length === 1 && targets[0]!.text === values?.text;
  return values !== undefined && !isRow && (/^(?:\w+_)?(?:rows|records|values|items|batch|data)$/.test(values.text) || isComprehension(values));
}

const MEANT_SO = /\bindividual|\bone (?:by one|at a time)|\beach .*\b(?:separately|itself)|\bsignals?\b|\bhooks?\b|\bbulk\b/i;

/** A comment above the write or the loop says that each row is written by itself on purpose: "individually to allow hooks to fire". */
function isMeantSo(call: PythonNode, { node }: Loop): boolean {
  const { text, comments } = call.tree;
  return comments.some(({ start, end }) => {
    const isAboveLoop = end <= node.start && text.slice(end, node.start).trim() === '';
    const isAboveWrite = start >= node.start && end <= call.start && call.start - end < 200;
    return (isAboveLoop || isAboveWrite) && MEANT_SO.test(text.slice(start, end));
  });
}

/** The row of `row.delete()`; a query set's `delete()` is the bulk form already. */
function deletedRows(call: PythonNode, file: PythonFile): Facts['deleted'] {
  const value = file.valueOf(memberOf(calleeOf(call))!.object);
  return value?.kind === 'record' ? rowsOf(value) : undefined;
}

/** `row.pk = None` in front of `row.save()` makes a new row of an old one. */
function isCopied(call: PythonNode, { node }: Loop): boolean {
  const row = /^a?save$/.test(call.calledName) ? memberOf(calleeOf(call))?.object.text : undefined;
  if (row === undefined) return false;
  return node.descendants('AssignStatement').some((statement) => {
    const { targets, value } = assignmentOf(statement);
    return value[0]?.kind === 'None' && targets.flat().some(({ text }) => text === `${row}.pk` || text === `${row}.id`);
  });
}

function bulkOperation({ library, verb }: DataAccess): string | undefined {
  return BULK_OPERATIONS.find(([libraries, verbs]) => libraries.test(library) && verbs.test(verb))?.[2];
}

/** `c.execute("INSERT ...", row)` as the whole body of a for loop: one executemany. */
function executeMany(call: PythonNode, file: PythonFile): Fix | undefined {
  const member = memberOf(calleeOf(call));
  const owner = member && file.valueOf(member.object);
  const args = argumentsOf(call);
  const isDriver = (owner?.kind === 'connection' || owner?.kind === 'cursor') && owner.library !== 'sqlalchemy' && !owner.isAsync;
  if (!isDriver || member?.name !== 'execute' || args.length !== 2 || args.some((argument) => argument.name ?? argument.unpacks)) return undefined;
  // psycopg 3 and sqlite3 connections have executemany; a psycopg 2 connection has neither.
  const loop = onlyStatementOf(call, file);
  const [sql, parameters] = [argumentAt(call, 0)!, argumentAt(call, 1)!];
  if (loop === undefined || mentionsTarget(sql, loop)) return undefined;
  const generator = `(${parameters.text} ${loopHeader(loop)})`;
  return {
    title: 'Send all rows with one executemany()',
    kind: 'suggestion',
    edits: [{ start: loop.node.start, end: call.end, newText: `${member.object.text}.executemany(${sql.text}, ${generator})` }],
    caveat: 'A row that fails stops the whole call, and the rows before it are part of the same statement.',
  };
}

/** `Model.objects.create(...)` as the whole body of a for loop: one bulk_create. */
function bulkCreate(call: PythonNode, file: PythonFile): Fix | undefined {
  const member = memberOf(calleeOf(call));
  const manager = member && memberOf(member.object);
  if (member?.name !== 'create' || manager?.name !== 'objects' || file.valueOf(member.object)?.kind !== 'manager') return undefined;
  const loop = onlyStatementOf(call, file);
  const args = call.child('ArgList');
  if (loop === undefined || args === undefined) return undefined;
  return {
    title: 'Create all rows with one bulk_create()',
    kind: 'suggestion',
    edits: [
      {
        start: loop.node.start,
        end: call.end,
        newText: `${member.object.text}.bulk_create([${manager.object.text}${args.text} ${loopHeader(loop)}], batch_size=1000)`,
      },
    ],
    caveat: 'bulk_create() does not call save() of the model and sends no pre_save or post_save signals.',
  };
}

/** The for loop whose whole body is this call. */
function onlyStatementOf(call: PythonNode, file: PythonFile): Loop | undefined {
  const loop = file.loopsAround(call)[0];
  const statement = call.parent;
  if (loop?.kind !== 'for' || loop.isAsync || loop.iterable === undefined || statement?.kind !== 'ExpressionStatement') return undefined;
  const body = loop.node.child('Body');
  const isWhole = statement.parent === body && statementsOf(body).length === 1 && loop.node.child('else') === undefined;
  return isWhole && !hasComment(loop.node) ? loop : undefined;
}

function hasComment(node: PythonNode): boolean {
  return node.tree.comments.some(({ start }) => start >= node.start && start < node.end);
}

function mentionsTarget(expression: PythonNode, loop: Loop): boolean {
  const names = new Set(loop.targets.flatMap((target) => (target.kind === 'VariableName' ? [target] : target.descendants('VariableName'))).map((name) => name.text));
  return mentions(expression, names);
}

/** "for a, b in rows", as the loop has it. */
function loopHeader({ targets, iterable }: Loop): string {
  return `for ${targets.map((target) => target.text).join(', ')} in ${iterable!.text}`;
}
