import { canonicalText, castType } from '../../syntax/sql/query/canonical';
import { columnReferences, columnSide, functionName, operatorName, patternHead } from '../../syntax/sql/query/expressions';
import type { SqlNode } from '../../syntax/sql/tree';
import type { Facts, Wrapping } from './rule';

/** A comparison of a function of one column with something that does not depend on the row. */
export interface WrappedComparison {
  readonly reference: SqlNode;
  /** The side with the column. */
  readonly side: SqlNode;
  readonly value: SqlNode | undefined;
  readonly isFlipped: boolean;
  readonly wrapping: Wrapping;
  readonly type?: string;
  readonly expression?: string;
  readonly comparison: Facts['comparison'];
}

const FUNCTIONS: readonly (readonly [RegExp, Wrapping])[] = [
  [/^(?:lower|upper|lcase|ucase)$/, 'case'],
  [/^(?:date|to_date|trunc|date_trunc|convert_tz|timezone)$/, 'day'],
  [/^(?:year|month|day|dayofmonth|dayofweek|dayofyear|week|weekday|hour|minute|extract|date_part|datepart|strftime|to_char|date_format|yearweek|unix_timestamp|from_unixtime)$/, 'part'],
  [/^(?:trim|ltrim|rtrim|btrim|substr|substring|left|right|replace|md5|sha1|sha2|reverse|concat|abs|round|floor|ceil|ceiling|mod|crc32)$/, 'function'],
  [/^(?:coalesce|ifnull|nvl|isnull)$/, 'null'],
];
const TIME_TYPE = /^(?:date|timestamp|timestamptz|time)$/;
const RANGE = /^(?:<|>|<=|>=)$/;

/** What stands around the column of one comparison; undefined where it stands alone, or where no index could serve. */
export function wrappedComparison(node: SqlNode): WrappedComparison | undefined {
  const comparison = comparisonOf(node);
  if (comparison === undefined) return undefined;
  const [left, right] = [node.first('lexpr'), node.first('rexpr')];
  return sideOf(left, right, false, comparison) ?? (node.as('A_Expr')!.kind === 'AEXPR_OP' ? sideOf(right, left, true, comparison) : undefined);
}

function comparisonOf(node: SqlNode): Facts['comparison'] | undefined {
  const operator = operatorName(node);
  switch (node.as('A_Expr')?.kind) {
    case 'AEXPR_OP':
      return operator === '=' ? 'equality' : RANGE.test(operator) ? 'range' : undefined;
    case 'AEXPR_IN':
    case 'AEXPR_OP_ANY':
      return operator === '=' ? 'equality' : undefined;
    case 'AEXPR_BETWEEN':
      return 'range';
    case 'AEXPR_LIKE': {
      // A pattern that is not known may begin with a wildcard, which no index serves.
      const head = operator === '~~' ? patternHead(node.first('rexpr')) : undefined;
      return head === undefined || /^[%_]/.test(head.text) ? undefined : 'prefix';
    }
    default:
      return undefined;
  }
}

function sideOf(side: SqlNode | undefined, value: SqlNode | undefined, isFlipped: boolean, comparison: Facts['comparison']): WrappedComparison | undefined {
  const found = columnSide(side);
  if (side === undefined || found?.wrappedBy === undefined || (value !== undefined && columnReferences(value).length > 0)) return undefined;
  const wrapping = wrappingOf(side);
  if (wrapping === undefined) return undefined;
  const type = side.tag === 'TypeCast' ? castType(side) : undefined;
  const expression = canonicalText(side);
  // Without a bracket or a cast it is the plain column: text that is cast to text.
  return { reference: found.reference, side, value, isFlipped, wrapping, type, expression: expression !== undefined && /[(:]/.test(expression) ? expression : undefined, comparison };
}

/** What a function, by its lower-case name, does to a column; undefined for those no index would be made for. */
export function wrappingOfFunction(name: string): Wrapping | undefined {
  return FUNCTIONS.find(([names]) => names.test(name))?.[1];
}

function wrappingOf(side: SqlNode): Wrapping | undefined {
  switch (side.tag) {
    case 'FuncCall':
      return wrappingOfFunction(functionName(side));
    case 'CoalesceExpr':
      return 'null';
    case 'TypeCast':
      return TIME_TYPE.test(castType(side)) ? 'day' : 'cast';
    case 'A_Expr':
      return /^[-+*/]$/.test(operatorName(side)) ? 'arithmetic' : undefined;
    default:
      return undefined;
  }
}

/** The comparison must hold for a row to be found: it is no alternative, no negation, and not in a select list. */
export function mustHold(node: SqlNode): boolean {
  let at: SqlNode = node;
  while (at.parent?.as('BoolExpr')?.boolop === 'AND_EXPR') at = at.parent;
  const { parent } = at;
  if (parent?.tag === 'JoinExpr') return at.field === 'quals';
  return at.field === 'whereClause' && /^(?:Select|Update|Delete)Stmt$/.test(parent?.tag ?? '');
}
