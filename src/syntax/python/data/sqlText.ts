import type { SqlStatement } from '../../sql/statement';
import { argumentAt, calleeOf, memberOf, unwrap, type Member } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { stringPieces } from '../strings';
import type { DataAccess } from './access';

/** Methods that send a statement, of drivers and of the thin layers that people write over them. */
export const STATEMENT_NAMES: ReadonlySet<string> = new Set([
  'execute', 'executemany', 'executescript', 'fetch', 'fetchrow', 'fetchval', 'fetch_all', 'fetch_one', 'fetch_val', 'fetchall', 'fetchone',
  'iterate', 'query', 'query_one', 'queryone', 'select', 'run', 'exec', 'scalar', 'scalars', 'exec_driver_sql', 'stream', 'copy_expert',
]);
/** Statements of a dialect the parser does not know still say what they are. */
const READS = /^[\s(]*(?:select|with|values|show|call|exec)\b/i;
const WRITES = /^[\s(]*(?:insert|replace|update|delete|merge|upsert|copy)\b/i;

/** A statement that is executed through a driver's connection or cursor, or whose text stands in the call. */
export function statementAccess(call: PythonNode, { object, name }: Member, file: PythonFile): DataAccess | undefined {
  if (!STATEMENT_NAMES.has(name)) return undefined;
  const argument = argumentAt(call, 0, 'query') ?? argumentAt(call, 0, 'sql') ?? argumentAt(call, 0, 'statement');
  if (argument === undefined) return undefined;
  const literal = literalBehind(argument, file);
  const owner = file.valueOf(object);
  const isDriver = owner?.kind === 'connection' || owner?.kind === 'cursor' || owner?.kind === 'session';
  const library = (isDriver && owner.library) || 'sql';
  const [statement] = literal ? file.sql(literal) : [];
  if (statement !== undefined) return accessOf(statement, library, name);
  // `session.query(Order)` only begins a query; the method that ends the chain runs it.
  if (owner?.kind === 'session' && name === 'query' && literal === undefined) return undefined;
  return isDriver ? unparsed(literal, library, name) : undefined;
}

function accessOf({ verb, queries }: SqlStatement, library: string, name: string): DataAccess | undefined {
  if (verb === 'other') return undefined;
  return { kind: verb === 'select' ? 'query' : 'write', library, table: queries[0]?.fact.tables[0], verb: name };
}

/** Without a text to parse, a driver's call is taken for a read. */
function unparsed(literal: PythonNode | undefined, library: string, verb: string): DataAccess | undefined {
  if (verb === 'executescript') return undefined;
  const text = literal && (stringPieces(literal) ?? []).map((piece) => (piece.kind === 'text' ? piece.text : ' ')).join('');
  if (text !== undefined && WRITES.test(text)) return { kind: 'write', library, verb };
  if (text === undefined || READS.test(text)) return { kind: 'query', library, verb };
  return undefined;
}

/** The string expression behind an argument: itself, what a name is bound to, what `text(...)` wraps. */
export function literalBehind(expression: PythonNode, file: PythonFile, depth = 0): PythonNode | undefined {
  const node = unwrap(expression);
  if (stringPieces(node) !== undefined) return node;
  if (depth > 3) return undefined;
  if (node.kind === 'VariableName') {
    const bindings = file.scopes.resolve(node.text, node)?.bindings;
    const value = bindings?.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
    return value && literalBehind(value, file, depth + 1);
  }
  const callee = calleeOf(node);
  if (callee === undefined) return undefined;
  const member = memberOf(callee);
  if (member && /^(?:format|strip)$/.test(member.name)) return literalBehind(member.object, file, depth + 1);
  const wrapped = /^(?:text|SQL|dedent|cleandoc)$/.test(member?.name ?? callee.text) ? argumentAt(node, 0) : undefined;
  return wrapped && literalBehind(wrapped, file, depth + 1);
}
