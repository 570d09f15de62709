import type { Match } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, memberOf, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { carriedNames, iterationNames, leavesEarly } from '../../syntax/python/iteration';
import type { Loop } from '../../syntax/python/loops';
import { declarationOf } from '../../syntax/python/returns';
import { parametersOf } from '../../syntax/python/statements';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import { ColumnwiseBody } from './body';
import { combines, isColumnwise } from './columns';
import type { Facts } from './rule';

const PANDAS = ['pandas', 'geopandas'] as const;
/** What is left after these is small, whatever the frame was. */
const SMALL = /\.(?:head|tail|nlargest|nsmallest|sample|describe|value_counts)\(|\.iloc\[[^\]]*:\s*\d+\]/;
/** A frame written out with fewer rows is no work for anybody. */
const FEW_ROWS = 100;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['iterrows', 'itertuples', 'apply', 'range'],

  find(call, file): Match<Facts> | undefined {
    const way = call.calledName;
    if (way === 'iterrows' || way === 'itertuples') return rowLoop(call, way, file);
    if (way === 'apply') return appliedPerRow(call, file);
    return way === 'range' ? indexLoop(call, file) : undefined;
  },
};

function rowLoop(call: PythonNode, way: string, file: PythonFile): Match<Facts> | undefined {
  const frame = memberOf(calleeOf(call))?.object;
  if (frame === undefined || !isFrame(frame, file)) return undefined;
  return computedIn(call, `${way}()`, frame, file);
}

/** `for i in range(len(df)): … df.loc[i, "price"] …` */
function indexLoop(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const [length, ...others] = argumentsOf(call);
  const frame = length && others.length === 0 && length.value.calledName === 'len' ? argumentAt(length.value, 0) : undefined;
  if (frame === undefined || file.valueOf(frame)?.kind !== 'dataframe' || SMALL.test(frame.text)) return undefined;
  return computedIn(call, 'range(len())', frame, file);
}

function computedIn(call: PythonNode, way: string, frame: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const statement = call.closest('ForStatement', 'FunctionDefinition');
  const loop = statement?.kind === 'ForStatement' && statement.child('Body') ? file.loopsAround(statement.child('Body')!.lastChild!)[0] : undefined;
  if (loop?.node !== statement || loop?.iterable?.contains(call) !== true || leavesEarly(loop)) return undefined;
  const body = ColumnwiseBody.of(loop.node.child('Body'), iterationNames(loop), file, frame.kind === 'VariableName' ? frame.text : undefined);
  if (body === undefined || dependsOnRowBefore(loop, body, file)) return undefined;
  return match(call, way, frame);
}

/** What one round leaves for the next is no expression on columns, unless it is a sum or a list that only grows. */
function dependsOnRowBefore(loop: Loop, { collected }: ColumnwiseBody, file: PythonFile): boolean {
  const body = loop.node.child('Body')!;
  for (const name of carriedNames(loop, file)) {
    if (!collected.has(name)) return true;
  }
  return [...collected].some((name) => /^\w+$/.test(name) && file.usesOf(name).some((use) => body.contains(use) && !isAppended(use)));
}

function isAppended(use: PythonNode): boolean {
  return memberOf(use.parent)?.name === 'append';
}

/** `df.apply(f, axis=1)` where f is a lambda or a function of this file that only combines columns. */
function appliedPerRow(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const frame = memberOf(calleeOf(call))?.object;
  if (frame === undefined || !isPerRow(call) || !isFrame(frame, file)) return undefined;
  const callable = argumentAt(call, 0, 'func');
  if (callable === undefined || !isColumnwiseFunction(callable, file)) return undefined;
  return match(call, 'apply(axis=1)', frame);
}

function isPerRow(call: PythonNode): boolean {
  const axis = argumentsOf(call).find(({ name }) => name === 'axis')?.value;
  return axis !== undefined && (axis.text === '1' || literalText(axis) === 'columns');
}

function isColumnwiseFunction(callable: PythonNode, file: PythonFile): boolean {
  if (callable.kind === 'LambdaExpression') {
    const [row, ...others] = parametersOf(callable);
    const body = callable.lastChild;
    if (row === undefined || others.length > 0 || body === undefined) return false;
    return isColumnwise(body, file) && combines(body, new Set([row.name.text]));
  }
  const declaration = callable.kind === 'VariableName' ? declarationOf(callable, file) : undefined;
  const row = declaration && parametersOf(declaration)[0];
  return row !== undefined && ColumnwiseBody.of(declaration!.child('Body'), new Set([row.name.text]), file) !== undefined;
}

/** Known to be one, or not known to be anything else in a file that imports pandas. */
function isFrame(frame: PythonNode, file: PythonFile): boolean {
  if (!file.imports(...PANDAS) || SMALL.test(frame.text)) return false;
  const value = file.valueOf(frame);
  if (value === undefined) return true;
  return value.kind === 'dataframe' && !isWrittenOut(frame, file);
}

/** `pd.DataFrame([[1, 2], [3, 4]])` */
function isWrittenOut(frame: PythonNode, file: PythonFile): boolean {
  const bindings = frame.kind === 'VariableName' ? file.scopes.resolve(frame.text, frame)?.bindings : undefined;
  const value = bindings?.length === 1 ? bindings[0]!.value : frame;
  const data = value?.calledName === 'DataFrame' ? argumentAt(value, 0, 'data') : undefined;
  return data !== undefined && (data.kind === 'ArrayExpression' || data.kind === 'DictionaryExpression') && data.descendants('Number').length < FEW_ROWS && data.descendants('VariableName').length === 0;
}

function match(span: PythonNode, way: string, frame: PythonNode): Match<Facts> {
  const name = shorten(frame.text, 40);
  return { span, facts: { way, frame: name }, size: { kind: 'collection', name } };
}
