import type { Confidence, Match } from '../../core/rule';
import { argumentAt, calleeOf, isComprehension, memberOf, operatorOf, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

const FRAME_LIBRARIES = ['pandas', 'geopandas', 'dask', 'modin', 'cudf'] as const;

/** Frames that were cut down to a few rows. */
const FEW_ROWS = /\.(?:head|tail|sample|nlargest|nsmallest)\s*\(|\.iloc\s*\[|\.describe\s*\(/;

/** Rows that are shown, handed on one by one or written out are needed one by one. */
const NEEDS_ROWS = /^(?:print|display|input|yield|write|writerow|info|debug|warning|error|send|emit)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['iterrows', 'itertuples', 'apply'],

  find(call, file): Match<Facts> | undefined {
    const member = memberOf(calleeOf(call));
    if (member === undefined || !file.imports(...FRAME_LIBRARIES) || FEW_ROWS.test(member.object.text)) return undefined;
    const confidence = member.name === 'apply' ? rowFunction(call, file) : rowLoop(call, member.name, file);
    if (confidence === undefined) return undefined;
    const frame = shorten(member.object.text, 40);
    return { span: call, facts: { method: member.name, frame }, size: { kind: 'collection', name: frame }, confidence };
  },
};

/** `frame.apply(f, axis=1)`: f may be anything where it stands somewhere else. */
function rowFunction(call: PythonNode, file: PythonFile): Confidence | undefined {
  const axis = argumentAt(call, 1, 'axis');
  if (axis === undefined || (axis.text !== '1' && literalText(axis) !== 'columns')) return undefined;
  const callable = argumentAt(call, 0, 'func');
  if (callable?.kind !== 'LambdaExpression') return 'possible';
  const body = callable.lastChild!;
  return waitsOrShows(body, file) ? undefined : body.kind === 'CallExpression' ? 'possible' : 'likely';
}

/** A loop over the rows whose body does nothing but compute. */
function rowLoop(call: PythonNode, method: string, file: PythonFile): Confidence | undefined {
  const body = bodyOver(call);
  if (body === undefined || leavesEarly(body) || waitsOrShows(body, file)) return undefined;
  if (method === 'iterrows') return 'likely';
  return computes(body) ? 'possible' : undefined;
}

/** What runs once for each row that the call yields. */
function bodyOver(call: PythonNode): PythonNode | undefined {
  for (let at: PythonNode | undefined = call; at !== undefined; at = at.parent) {
    if (at.kind === 'ForStatement') {
      const body = at.child('Body');
      return body?.contains(call) ? undefined : body;
    }
    if (isComprehension(at)) return at;
    if (at.kind === 'Body' || at.kind === 'Script') return undefined;
  }
  return undefined;
}

function leavesEarly(body: PythonNode): boolean {
  return body.descendants('BreakStatement').length > 0 || body.descendants('ReturnStatement').length > 0;
}

function waitsOrShows(body: PythonNode, file: PythonFile): boolean {
  if (body.descendants('YieldStatement').length > 0 || body.descendants('YieldExpression').length > 0 || body.descendants('AwaitExpression').length > 0) return true;
  const calls = body.kind === 'CallExpression' ? [body, ...body.descendants('CallExpression')] : body.descendants('CallExpression');
  return calls.some((call) => NEEDS_ROWS.test(call.calledName) || file.dataAccess(call) !== undefined);
}

/** Arithmetic on the fields of a row. */
function computes(body: PythonNode): boolean {
  return body.descendants('BinaryExpression').some((node) => /^(?:[-*/%]|\*\*|\/\/)$/.test(operatorOf(node)) && node.descendants('MemberExpression').length > 0);
}
