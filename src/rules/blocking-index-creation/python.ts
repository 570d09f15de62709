import type { Match, PlacedEdit } from '../../core/rule';
import { indentationAt, type Span } from '../../core/text';
import { argumentAt, argumentsOf, calleeOf, itemsOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { declaredName, simpleAssignment, statementsOf } from '../../syntax/python/statements';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['AddIndex', 'create_index'],
  inMigrations: true,

  find(call, file): Match<Facts> | undefined {
    return call.calledName === 'AddIndex' ? djangoIndex(call, file) : alembicIndex(call, file);
  },
};

/** `migrations.AddIndex(model_name="order", index=models.Index(...))` of a model that another migration created. */
function djangoIndex(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const model = literalText(argumentAt(call, 0, 'model_name'));
  if (model === undefined || file.names.qualified(calleeOf(call)) !== 'django.db.migrations.AddIndex' || isStateOnly(call)) return undefined;
  const created = file.root.descendants('CallExpression').some((other) => other.calledName === 'CreateModel' && isNamed(argumentAt(other, 0, 'name'), model));
  if (created) return undefined;
  const index = argumentAt(call, 1, 'index');
  const name = literalText(argumentsOf(index ?? call).find((argument) => argument.name === 'name')?.value);
  return { span: call, facts: { table: model, ...(name !== undefined && { index: name }), tool: 'django', inPlace: concurrentOperation(call, file) } };
}

const isNamed = (name: PythonNode | undefined, model: string): boolean => literalText(name)?.toLowerCase() === model.toLowerCase();

/** What is told to Django's state alone happens in no database. */
function isStateOnly(call: PythonNode): boolean {
  for (let at: PythonNode | undefined = call; at !== undefined; at = at.parent) {
    if (at.parent?.kind === 'ArgList' && argumentsOf(at.parent).some(({ name, value }) => name === 'state_operations' && value === at)) return true;
  }
  return false;
}

/** The operation of django.contrib.postgres, its import, and `atomic = False` at the top of the migration. */
function concurrentOperation(call: PythonNode, file: PythonFile): Facts['inPlace'] {
  const migration = call.closest('ClassDefinition');
  const first = migration && statementsOf(migration.child('Body'))[0];
  if (migration === undefined || first === undefined || declaredName(migration)?.text !== 'Migration') return undefined;
  const callee = calleeOf(call)!;
  const isAtomic = !statementsOf(migration.child('Body')).some((statement) => simpleAssignment(statement)?.target.text === 'atomic');
  const others = operationsOf(migration).filter((operation) => !/^(?:AddIndex|AddIndexConcurrently)$/.test(operation.calledName));
  const indentation = indentationAt(file.text, first.start);
  return {
    edits: [
      ...importEdits(file),
      ...(isAtomic ? [placed(file, { start: first.start, end: first.start }, `atomic = False\n\n${indentation}`)] : []),
      placed(file, callee, 'AddIndexConcurrently'),
    ],
    ...(others.length > 0 && { caveat: 'Without a transaction a failure leaves the other operations of this migration half done; give the index a migration of its own.' }),
  };
}

function operationsOf(migration: PythonNode): readonly PythonNode[] {
  const operations = statementsOf(migration.child('Body')).map(simpleAssignment).find((assignment) => assignment?.target.text === 'operations')?.value;
  return (operations && itemsOf(operations)) ?? [];
}

function importEdits(file: PythonFile): PlacedEdit[] {
  if (/\bAddIndexConcurrently\b/.test(file.text)) return [];
  const imports = file.root.children.filter(({ kind }) => kind === 'ImportStatement');
  const before = imports.find(({ text }) => /^from django\.db\b/.test(text)) ?? imports[0];
  const at = before?.start ?? 0;
  return [placed(file, { start: at, end: at }, 'from django.contrib.postgres.operations import AddIndexConcurrently\n')];
}

/** `op.create_index("ix", "orders", ["customer_id"])` in the upgrade of a table that another revision created. */
function alembicIndex(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const [name, table] = [literalText(argumentAt(call, 0, 'index_name')), literalText(argumentAt(call, 1, 'table_name'))];
  if (table === undefined || file.names.qualified(calleeOf(call)) !== 'alembic.op.create_index') return undefined;
  const around = call.closest('FunctionDefinition');
  if (around !== undefined && declaredName(around)?.text === 'downgrade') return undefined;
  if (argumentsOf(call).some((argument) => argument.name === 'postgresql_concurrently')) return undefined;
  const created = file.root.descendants('CallExpression').some((other) => other.calledName === 'create_table' && isNamed(argumentAt(other, 0, 'table_name'), table));
  if (created) return undefined;
  return { span: call, facts: { table, ...(name !== undefined && { index: name }), tool: 'alembic', inPlace: autocommitted(call, file) } };
}

/** The call in a block of its own that commits what came before it. */
function autocommitted(call: PythonNode, file: PythonFile): Facts['inPlace'] {
  const list = call.child('ArgList');
  if (call.parent?.kind !== 'ExpressionStatement' || list === undefined || /\n/.test(call.text)) return undefined;
  const indentation = indentationAt(file.text, call.start);
  const step = indentation === '' ? '    ' : indentation;
  const rewritten = `${call.text.slice(0, -1).replace(/,\s*$/, '')}, postgresql_concurrently=True)`;
  return { edits: [placed(file, call, `with op.get_context().autocommit_block():\n${indentation}${step}${rewritten}`)] };
}

function placed(file: PythonFile, span: Span, newText: string): PlacedEdit {
  return { range: file.lines.range(span), newText };
}
