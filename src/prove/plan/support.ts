import { LineIndex } from '../../core/text';
import { splitStatements } from '../../syntax/sql/splitter';
import { names } from '../../syntax/sql/schema/columns';
import type { SqlNode } from '../../syntax/sql/tree';
import { isUndoPath } from '../../workspace/schema/migrations';
import { plainName } from '../../workspace/schema/names';
import { columnRules, parsedRoot, type ColumnRule } from './constraints';

/** A .sql file of the workspace. */
export interface SqlSource {
  readonly file: string;
  readonly text: string;
}

/** A statement of the workspace that the throw-away database may need beside its tables. */
export interface SourceStatement {
  readonly sql: string;
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
}

/** An enum type with its labels in order. */
export interface EnumType {
  readonly name: string;
  readonly labels: string[];
}

/** What the workspace's DDL says beyond tables and indexes: types, checks, views, functions. Keys are plain names. */
export class SchemaSupport {
  readonly enums = new Map<string, EnumType>();
  /** The type a domain stands for. */
  readonly domains = new Map<string, string>();
  readonly views = new Map<string, SourceStatement>();
  readonly functions = new Map<string, SourceStatement>();
  private readonly rules = new Map<string, Map<string, ColumnRule>>();

  ruleOf(table: string, column: string): ColumnRule | undefined {
    return this.rules.get(plainName(table))?.get(plainName(column));
  }

  addRules(table: string, found: ReadonlyMap<string, ColumnRule>): void {
    const rules = this.rules.get(plainName(table)) ?? new Map<string, ColumnRule>();
    for (const [column, rule] of found) rules.set(plainName(column), { ...rules.get(plainName(column)), ...rule });
    this.rules.set(plainName(table), rules);
  }
}

/** Statements worth parsing a second time; the rest of a dump or a migration is passed over. */
const READ = /^\s*(?:create\s+(?:or\s+replace\s+)?(?:type|domain|view|materialized\s+view|(?:\w+\s+){0,3}table|function)|alter\s+(?:type|table))\b/i;
/** A table without a check has nothing that is not in the schema. */
const TABLE = /^\s*(?:create\s+(?:\w+\s+){0,3}table|alter\s+table)\b/i;

/** Reads the files in the order in which migrations run; a later statement replaces an earlier one. */
export function readSupport(sources: readonly SqlSource[]): SchemaSupport {
  const support = new SchemaSupport();
  const inPathOrder = new Intl.Collator('en', { numeric: true });
  const files = sources.filter(({ file }) => !isUndoPath(file)).sort((a, b) => inPathOrder.compare(a.file, b.file));
  for (const { file, text } of files) {
    const lines = new LineIndex(text);
    for (const { first, end } of splitStatements(text)) {
      const sql = text.slice(first, end);
      if (!READ.test(sql.slice(0, 120)) || (TABLE.test(sql) && !/\bcheck\b/i.test(sql))) continue;
      read(support, { sql, file, line: lines.positionAt(first).line });
    }
  }
  return support;
}

function read(support: SchemaSupport, statement: SourceStatement): void {
  const root = parsedRoot(statement.sql);
  switch (root?.tag) {
    case 'CreateEnumStmt':
      support.enums.set(lastName(root, 'typeName'), { name: names(root, 'typeName').at(-1) ?? '', labels: names(root, 'vals') });
      return;
    case 'AlterEnumStmt':
      return addEnumValue(support, root);
    case 'CreateDomainStmt':
      support.domains.set(lastName(root, 'domainname'), typeName(root));
      return;
    case 'ViewStmt':
      support.views.set(plainName(root.as('ViewStmt')?.view?.relname ?? ''), statement);
      return;
    case 'CreateTableAsStmt':
      return addMaterialisedView(support, root, statement);
    case 'CreateFunctionStmt':
      support.functions.set(lastName(root, 'funcname'), statement);
      return;
    case 'CreateStmt':
    case 'AlterTableStmt':
      return addChecks(support, root);
  }
}

function lastName(root: SqlNode, field: string): string {
  return plainName(names(root, field).at(-1) ?? '');
}

function addEnumValue(support: SchemaSupport, root: SqlNode): void {
  const { newVal, oldVal } = root.as('AlterEnumStmt')!;
  const labels = support.enums.get(lastName(root, 'typeName'))?.labels;
  if (labels === undefined || newVal === undefined) return;
  if (oldVal === undefined) labels.push(newVal);
  else labels.splice(Math.max(0, labels.indexOf(oldVal)), 1, newVal);
}

function typeName(root: SqlNode): string {
  return root.as('CreateDomainStmt')?.typeName?.names?.flatMap((name) => ('String' in name ? (name.String.sval ?? '') : '')).at(-1) ?? 'text';
}

function addMaterialisedView(support: SchemaSupport, root: SqlNode, statement: SourceStatement): void {
  const { into, objtype } = root.as('CreateTableAsStmt')!;
  if (objtype === 'OBJECT_MATVIEW') support.views.set(plainName(into?.rel?.relname ?? ''), statement);
}

function addChecks(support: SchemaSupport, root: SqlNode): void {
  const table = root.first('relation')?.as('RangeVar')?.relname ?? '';
  const visit = (node: SqlNode): void => {
    if (node.as('Constraint')?.contype === 'CONSTR_CHECK') {
      const check = node.first('raw_expr');
      if (check !== undefined) support.addRules(table, columnRules(check));
    }
    node.children().forEach(visit);
  };
  visit(root);
}
