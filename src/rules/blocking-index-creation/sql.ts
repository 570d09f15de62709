import { posix } from 'node:path';
import type { MigrationTool } from '../../core/migrations';
import type { Match, PlacedEdit } from '../../core/rule';
import { relationName } from '../../syntax/sql/query/scope';
import type { ScriptSource, SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

/** Offers every CREATE INDEX without CONCURRENTLY; whether its table was there before the linker decides. */
export const matcher: SqlMatcher<Facts> = {
  kinds: ['IndexStmt'],

  find(node, statement): Match<Facts> | undefined {
    const index = node.as('IndexStmt')!;
    if (index.concurrent === true) return undefined;
    const facts = { table: relationName(index.relation), ...(index.idxname !== undefined && { index: index.idxname }) };
    const { script } = statement;
    if (script === undefined) return { span: statement.extent, facts: { ...facts, ...embeddedFix(statement) } };
    const { tool } = script;
    return { span: statement.extent, facts: { ...facts, ...(tool && { tool }), ...rewriting(node, statement, script, tool) } };
  },
};

/** In program code another line says whether the migration is a transaction. */
function embeddedFix(statement: SqlStatement): Pick<Facts, 'inPlace'> {
  const edit = concurrently(statement);
  return edit === undefined ? {} : { inPlace: { edits: [edit], caveat: 'The migration must not run in a transaction: atomic = False in Django, transaction = false in TypeORM, { transaction: false } in Knex.' } };
}

function rewriting(node: SqlNode, statement: SqlStatement, script: ScriptSource, tool: MigrationTool | undefined): Pick<Facts, 'inPlace' | 'moved'> {
  const edit = concurrently(statement);
  if (edit === undefined || tool === 'drizzle') return {};
  const isAlone = script.appliedStatements === 1;
  switch (tool) {
    case 'goose':
      return { inPlace: { edits: [edit, ...atTop('-- +goose NO TRANSACTION', statement, script)] } };
    case 'sql-migrate':
      return { inPlace: { edits: [edit, ...behindMark(/--\s*\+\s*migrate\s+up\b[^\n]*/i, 'notransaction', statement, script)] } };
    case 'dbmate':
      return isAlone ? { inPlace: { edits: [edit, ...behindMark(/--\s*migrate:up\b[^\n]*/i, 'transaction:false', statement, script)] } } : moving(node, statement, script);
    case 'diesel':
      return isAlone ? { inPlace: { edits: [edit], create: { file: `${posix.dirname(script.file)}/metadata.toml`, text: 'run_in_transaction = false\n' } } } : moving(node, statement, script);
    case 'prisma':
    case 'golang-migrate':
      return isAlone ? { inPlace: { edits: [edit] } } : moving(node, statement, script);
    case 'flyway':
      return isAlone ? { inPlace: { edits: [edit], caveat: 'Flyway waits for ever behind its own lock unless flyway.postgresql.transactional.lock is false.' } } : moving(node, statement, script);
    default:
      return isAlone ? { inPlace: { edits: [edit], caveat: 'The tool that runs this file must open no transaction around it.' } } : moving(node, statement, script);
  }
}

/** The word goes behind INDEX. */
function concurrently(statement: SqlStatement): PlacedEdit | undefined {
  const at = endOfKeyword(statement);
  return at === undefined ? undefined : statement.edit({ start: at, end: at }, ' CONCURRENTLY');
}

function endOfKeyword({ text }: SqlStatement): number | undefined {
  return /^create\s+(?:unique\s+)?index\b/i.exec(text)?.[0].length;
}

function atTop(line: string, statement: SqlStatement, script: ScriptSource): PlacedEdit[] {
  return script.text.includes(line) ? [] : [statement.editAt({ start: 0, end: 0 }, `${line}\n`)];
}

function behindMark(mark: RegExp, word: string, statement: SqlStatement, script: ScriptSource): PlacedEdit[] {
  const found = mark.exec(script.text);
  if (found === null || found[0].includes(word)) return [];
  const end = found.index + found[0].trimEnd().length;
  return [statement.editAt({ start: end, end }, ` ${word}`)];
}

/** Takes the statement out of its file, with its terminator and its line. */
function moving(node: SqlNode, statement: SqlStatement, script: ScriptSource): Pick<Facts, 'moved'> {
  const { start, end } = statement.extent;
  const terminator = /^[ \t]*;[ \t]*(?:\r?\n)?/.exec(script.text.slice(end))?.[0].length ?? 0;
  const name = node.as('IndexStmt')!.idxname;
  const keyword = endOfKeyword(statement);
  if (name === undefined || keyword === undefined) return {};
  const { text } = statement;
  return {
    moved: {
      removal: statement.editAt({ start, end: end + terminator }, ''),
      name: `add_${name.replace(/\W+/g, '_')}`,
      up: `${text.slice(0, keyword)} CONCURRENTLY${text.slice(keyword)};\n`,
      down: `DROP INDEX CONCURRENTLY IF EXISTS ${/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name}"`};\n`,
    },
  };
}
