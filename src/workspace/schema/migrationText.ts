import { posix } from 'node:path';
import type { MigrationTool } from '../../core/migrations';
import type { CreatedFile } from '../../core/rule';

/** What a new migration does, and how to take it back. */
export interface MigrationSteps {
  /** One statement or several, with their terminators. */
  readonly up: string;
  readonly down: string;
  /** The statements cannot run inside a transaction. */
  readonly outsideTransaction: boolean;
}

/** The files of a migration in its tool's own form. `file` is the one with the way up. */
export function migrationFiles(file: string, tool: MigrationTool | undefined, { up, down, outsideTransaction }: MigrationSteps): CreatedFile[] {
  switch (tool) {
    case 'dbmate':
      return [{ file, text: sections(`-- migrate:up${outsideTransaction ? ' transaction:false' : ''}`, up, `-- migrate:down${outsideTransaction ? ' transaction:false' : ''}`, down) }];
    case 'goose':
      return [{ file, text: `${outsideTransaction ? '-- +goose NO TRANSACTION\n' : ''}${sections('-- +goose Up', up, '-- +goose Down', down)}` }];
    case 'sql-migrate':
      return [{ file, text: sections(`-- +migrate Up${outsideTransaction ? ' notransaction' : ''}`, up, `-- +migrate Down${outsideTransaction ? ' notransaction' : ''}`, down) }];
    case 'node-pg-migrate':
      return [{ file, text: sections('-- Up Migration', up, '-- Down Migration', down) }];
    case 'golang-migrate':
      return [{ file, text: up }, { file: file.replace(/\.up\.sql$/, '.down.sql'), text: down }];
    case 'diesel': {
      const folder = posix.dirname(file);
      const metadata = outsideTransaction ? [{ file: `${folder}/metadata.toml`, text: 'run_in_transaction = false\n' }] : [];
      return [{ file, text: up }, { file: `${folder}/down.sql`, text: down }, ...metadata];
    }
    default:
      return [{ file, text: up }];
  }
}

const sections = (upMark: string, up: string, downMark: string, down: string): string => `${upMark}\n${up}\n${downMark}\n${down}`;

/** What a person must know or do about a migration that cannot run in a transaction; undefined where its file says it all. */
export function transactionCaveat(tool: MigrationTool | undefined): string | undefined {
  switch (tool) {
    // These send a file as it is, and a file of one statement is no transaction; the others have a mark for it.
    case 'prisma':
    case 'golang-migrate':
    case 'dbmate':
    case 'goose':
    case 'sql-migrate':
    case 'diesel':
      return undefined;
    case 'flyway':
      return 'Flyway runs it outside a transaction by itself, but waits for ever behind its own lock unless flyway.postgresql.transactional.lock is false.';
    case 'drizzle':
      return 'drizzle-kit runs all migrations in one transaction: run this statement by hand, or leave CONCURRENTLY out.';
    case 'node-pg-migrate':
      return 'Run it with --no-transaction: CONCURRENTLY cannot run inside one.';
    default:
      return 'CONCURRENTLY cannot run inside a transaction: make sure that the tool that runs this file opens none.';
  }
}
