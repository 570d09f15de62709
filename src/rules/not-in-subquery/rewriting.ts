import type { PlacedEdit } from '../../core/rule';
import { columnPath } from '../../syntax/sql/query/scope';
import type { LocatedQuery } from '../../syntax/sql/query/queries';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import { closing, type Token } from '../../syntax/sql/tokens';
import { quotedName } from '../../workspace/schema/indexDdl';

/**
 * `x NOT IN (SELECT y FROM t WHERE c)` as `NOT EXISTS (SELECT 1 FROM t WHERE t.y = x AND c)`. Undefined where a name
 * would come to mean another table's column, or where the subquery is more than a plain selection of rows.
 */
export function notExists(node: SqlNode, outer: LocatedQuery, inner: LocatedQuery, statement: SqlStatement): readonly PlacedEdit[] | undefined {
  if (!isPlain(inner.node)) return undefined;
  const left = qualified(node.first('testexpr'), outer, statement);
  const right = qualified(inner.node.in('targetList')[0]?.first('val'), inner, statement);
  if (left === undefined || right === undefined || inner.sources.some(({ alias }) => alias === left.qualifier)) return undefined;
  const places = placesOf(node, statement);
  if (places === undefined) return undefined;
  const { tokens, text } = statement;
  const { from, where, close } = places;
  const condition = where === undefined ? '' : text.slice(tokens[where + 1]!.start, tokens[close - 1]!.end);
  const isAlternative = inner.node.first('whereClause')?.as('BoolExpr')?.boolop === 'OR_EXPR';
  const sources = text.slice(tokens[from]!.start, tokens[(where ?? close) - 1]!.end);
  const rest = condition === '' ? '' : ` AND ${isAlternative ? `(${condition})` : condition}`;
  const edit = statement.edit({ start: places.start, end: tokens[close]!.end }, `NOT EXISTS (SELECT 1 ${sources} WHERE ${right.text} = ${left.text}${rest})`);
  return edit && [edit];
}

/** One SELECT of one plain column, neither grouped nor ordered; DISTINCT means nothing to EXISTS. */
function isPlain(select: SqlNode): boolean {
  const { groupClause, havingClause, limitCount, op, withClause, windowClause, sortClause } = select.as('SelectStmt')!;
  const isSimple = [groupClause, havingClause, limitCount, withClause, windowClause, sortClause].every((clause) => clause === undefined);
  return isSimple && (op === undefined || op === 'SETOP_NONE') && select.in('targetList').length === 1;
}

/** A column with the name of its table in front; that of the only table where the statement leaves it out. */
function qualified(node: SqlNode | undefined, query: LocatedQuery, statement: SqlStatement): { text: string; qualifier: string } | undefined {
  const path = node?.tag === 'ColumnRef' ? columnPath(node) : undefined;
  if (node === undefined || path === undefined) return undefined;
  const text = statement.textOf(node);
  if (path.length > 1) return { text, qualifier: path.at(-2)!.toLowerCase() };
  const [source, ...others] = query.sources;
  return source === undefined || others.length > 0 ? undefined : { text: `${quotedName(source.spelled, undefined)}.${text}`, qualifier: source.alias };
}

interface Places {
  /** Offset of the compared column. */
  readonly start: number;
  /** Token indexes of FROM, WHERE and the closing bracket of the subquery. */
  readonly from: number;
  readonly where?: number;
  readonly close: number;
}

function placesOf(node: SqlNode, statement: SqlStatement): Places | undefined {
  const { tokens } = statement;
  const tested = statement.spanInText(node.first('testexpr')!);
  const not = tokens.findIndex((token, i) => tested !== undefined && token.start >= tested.end && token.text === 'not' && tokens[i + 1]?.text === 'in');
  const open = not + 2;
  if (tested === undefined || not < 0 || tokens[open]?.text !== '(' || tokens[open + 1]?.text !== 'select') return undefined;
  const close = closing(tokens, open);
  const from = wordAt('from', tokens, open, close);
  if (from === undefined) return undefined;
  return { start: tested.start, from, where: wordAt('where', tokens, from, close), close };
}

/** The index of a keyword between two tokens, outside all brackets of its own. */
function wordAt(word: string, tokens: readonly Token[], from: number, to: number): number | undefined {
  for (let i = from + 1; i < to; i++) {
    if (tokens[i]!.text === '(') i = closing(tokens, i);
    else if (tokens[i]!.kind === 'word' && tokens[i]!.text === word) return i;
  }
  return undefined;
}
