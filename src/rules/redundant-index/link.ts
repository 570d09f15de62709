import type { FindingFix } from '../../core/finding';
import type { Candidate, Linked } from '../../core/rule';
import type { Table, TableIndex, WorkspaceView } from '../../core/workspaceView';
import { coveringIndex } from '../../workspace/schema/coveringIndex';
import { columnName, migrationFix, quotedName } from '../../workspace/schema/indexDdl';
import type { MigrationSteps } from '../../workspace/schema/migrationText';
import { isSameName, plainName } from '../../workspace/schema/names';
import type { Facts } from './rule';

/** Confirms an index that is still there and that another one of the same table covers. */
export function linkIndex({ file, facts }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const table = workspace.schema.table(facts.table);
  const index = table?.indexes.find((one) => one.file === file && one.line === facts.line && isNamed(one, facts));
  const covering = table && index && coveringIndex(index, table);
  if (table === undefined || index === undefined || covering === undefined) return undefined;
  const isSame = covering.columns.length === index.columns.length;
  return {
    facts: { ...facts, name: index.name, covering: { name: covering.name, columns: covering.columns, isSame } },
    size: { kind: 'table', name: table.name },
    related: [{ file: covering.file, line: covering.line, message: `${covering.name} is created here.` }],
    fixes: [dropFix(index, table, workspace)].filter((fix) => fix !== undefined),
  };
}

function isNamed(index: TableIndex, { name, columns }: Facts): boolean {
  if (name !== undefined) return isSameName(index.name, name);
  return index.columns.map(plainName).join() === columns.map(plainName).join();
}

/** A constraint would have to be dropped with its index, which is more than this finding says. */
function dropFix(index: TableIndex, table: Table, workspace: WorkspaceView): FindingFix | undefined {
  if (index.constraint !== undefined || table.file.endsWith('.prisma')) return undefined;
  return migrationFix(
    `Add a migration that drops the index ${index.name}`,
    table.file,
    [{ name: `drop_${plainName(index.name).replace(/\W+/g, '_')}`, steps: dropSteps(index, table) }],
    workspace,
    'Look at the statistics of the live database first: another program may ask for it, and a hint may name it.',
  );
}

function dropSteps(index: TableIndex, table: Table): MigrationSteps {
  const { dialect } = table;
  const name = quotedName(index.name, dialect);
  const target = quotedName(table.name, dialect);
  const columns = index.columns.map((column) => (/[(:]/.test(column) ? `(${column})` : quotedName(columnName(table, column), dialect))).join(', ');
  const create = `INDEX ${dialect === 'postgresql' ? 'CONCURRENTLY ' : ''}${name} ON ${target} (${columns})${index.where === undefined ? '' : ` WHERE ${index.where}`};\n`;
  const down = `CREATE ${index.unique ? 'UNIQUE ' : ''}${create}`;
  if (dialect === 'postgresql') return { up: `DROP INDEX CONCURRENTLY IF EXISTS ${name};\n`, down, outsideTransaction: true };
  return { up: dialect === 'mysql' ? `DROP INDEX ${name} ON ${target};\n` : `DROP INDEX ${name};\n`, down, outsideTransaction: false };
}
