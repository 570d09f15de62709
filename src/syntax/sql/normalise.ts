import { dialectEdits } from './dialect/edits';
import { parseTree } from './parser';
import { hasInterpolations, mayHavePlaceholders, placeholderEdits } from './placeholders';
import { rewrite, unchanged, type Rewritten } from './rewrite';
import { HOLE, tokenise, type Token } from './tokens';
import type { Node } from 'libpg-query';

export interface ParsedSql {
  readonly tree: Node;
  /** The text that was parsed, with the way back to the text that was given. */
  readonly parsed: Rewritten;
  /** Of the text that was given, where they were needed. */
  readonly tokens?: readonly Token[];
  /** Interpolated text may hide conditions, so the statement's filters are not all known. */
  readonly hidesConditions: boolean;
}

/** Data, not queries: a dump's INSERT of a megabyte is not worth its parse. */
const LONGEST_STATEMENT = 100_000;

/** `{id:UUID}` is ClickHouse's, whose tables have other indexes than those a schema beside them may declare. */
const CLICKHOUSE_PARAMETER = /\{\s*\w+\s*:\s*(?:[A-Z]\w*|Array\()/;
const DEFINES = /^(?:create\s+(?:unique\s+)?(?:table|index)|alter\s+table|drop)\b/i;

/**
 * Parses one statement of any dialect: as it is, then with its placeholders made PostgreSQL's,
 * then with the other dialects' syntax made PostgreSQL's too. Undefined where nothing parses.
 */
export function parseNormalised(sql: string, backslashEscapes: boolean): ParsedSql | undefined {
  if (sql.length > LONGEST_STATEMENT || CLICKHOUSE_PARAMETER.test(sql)) return undefined;
  // A table's default may be '{}'; its statement takes no parameters.
  const hasPlaceholders = !DEFINES.test(sql) && mayHavePlaceholders(sql);
  const asIs = hasPlaceholders ? undefined : parseAsIs(sql);
  if (asIs !== undefined) return asIs;
  const tokens = tokenise(sql, backslashEscapes);
  return (
    (hasPlaceholders ? parseEdited(sql, tokens, [], false) : undefined) ??
    parseEdited(sql, tokens, dialectEdits(sql, tokens, backslashEscapes), false) ??
    (hasInterpolations(sql) ? parseEdited(sql, tokens, [], true) : undefined) ??
    // What looked like a placeholder may have been an operator.
    (hasPlaceholders && !sql.includes(HOLE) ? parseAsIs(sql) : undefined)
  );
}

function parseAsIs(sql: string): ParsedSql | undefined {
  const tree = parseTree(sql);
  return tree === null ? undefined : { tree, parsed: unchanged(sql), hidesConditions: false };
}

function parseEdited(sql: string, tokens: readonly Token[], dialect: ReturnType<typeof dialectEdits>, asNames: boolean): ParsedSql | undefined {
  const { edits, hidesConditions } = placeholderEdits(tokens, asNames);
  const free = edits.filter((edit) => dialect.every((other) => edit.end <= other.start || edit.start >= other.end));
  const parsed = rewrite(sql, [...dialect, ...free]);
  const tree = parseTree(parsed.text);
  return tree === null ? undefined : { tree, parsed, tokens, hidesConditions };
}
