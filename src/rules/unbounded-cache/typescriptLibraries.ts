import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, isFunction, propertyOf, shortText, unwrap } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import { valueSource } from '../../syntax/typescript/values';
import { combined, domainOfName } from '../sharedState';
import type { Facts } from './rule';

const { isCallExpression, isIdentifier, isNewExpression, isObjectLiteralExpression, isParameter, isVariableDeclaration } = ts;

/** Memoising functions that keep every result, with the options that bound them. */
const MEMOIZERS: Readonly<Record<string, readonly string[]>> = {
  lodash: [], 'lodash-es': [], 'lodash/memoize': [], 'lodash-es/memoize': [], 'lodash.memoize': [], 'fast-memoize': [],
  memoizee: ['max', 'maxAge'], memoize: ['maxAge', 'cache'], mem: ['maxAge', 'cache'], 'p-memoize': ['cache', 'maxAge'],
};
/** What these functions are called by in practice. */
export const MEMOIZING_CALLS: readonly string[] = ['memoize', 'memoizee', 'memo', 'mem', 'pMemoize', 'fastMemoize'];
const MODULES = /^(?:lodash(?:-es)?(?:\/memoize)?|lodash\.memoize|fast-memoize|memoizee|memoize|mem|p-memoize|dataloader|node-cache)$/;

/** A cache of a library, made once for the process and told no bound. */
export function libraryCache(node: ts.CallExpression | ts.NewExpression, file: TypeScriptFile): Facts | undefined {
  if (!file.importsFrom(MODULES) || enclosingFunction(node) !== undefined) return undefined;
  const origin = originOf(node.expression, file);
  if (!origin) return undefined;
  if (isNewExpression(node)) return origin.module === 'dataloader' ? sharedLoader(node) : origin.module === 'node-cache' ? nodeCache(node) : undefined;
  const bounds = MEMOIZERS[origin.module];
  const name = origin.path.at(-1) ?? origin.name;
  if (!bounds || !/^(?:memoize|pMemoize|mem|default|\*)$/.test(name)) return undefined;
  return memoized(node, bounds, file);
}

/** A DataLoader batches and remembers within one request; one for all requests remembers for ever. */
function sharedLoader(node: ts.NewExpression): Facts | undefined {
  const options = node.arguments?.[1];
  if (options !== undefined && (!isObjectLiteralExpression(unwrap(options)) || /\bcache(?:Map)?\s*:/.test(options.getText()))) return undefined;
  return {
    cache: nameOf(node) ?? 'DataLoader',
    key: 'key',
    domain: 'open',
    writers: [],
    bound: 'the life of one request: make it there',
    because: 'is made once for all requests and remembers every key it has ever loaded',
  };
}

function nodeCache(node: ts.NewExpression): Facts | undefined {
  const options = node.arguments?.[0] && unwrap(node.arguments[0]);
  if (options && (!isObjectLiteralExpression(options) || propertyOf(options, 'stdTTL') || propertyOf(options, 'maxKeys'))) return undefined;
  return { cache: nameOf(node) ?? 'NodeCache', key: 'key', domain: 'unknown', writers: [], bound: 'stdTTL and maxKeys' };
}

function memoized(call: ts.CallExpression, bounds: readonly string[], file: TypeScriptFile): Facts | undefined {
  const [callback, options] = call.arguments;
  const object = options && unwrap(options);
  if (object && (!isObjectLiteralExpression(object) || bounds.some((name) => propertyOf(object, name)))) return undefined;
  const fn = callback && functionBehind(callback, file);
  const first = fn?.parameters[0];
  if (!fn || !first || !isParameter(first) || !isIdentifier(first.name)) return undefined;
  const source = valueSource(first.name, file);
  const domain = source.kind === 'fixed' ? 'fixed' : combined(source.names.map(domainOfName));
  if (domain === 'fixed') return undefined;
  return { cache: nameOf(call) ?? shortText(call.expression), key: first.name.text, domain, writers: [], bound: 'a bound on its entries, or an LRU cache' };
}

function functionBehind(callback: ts.Expression, file: TypeScriptFile): ts.FunctionLikeDeclaration | undefined {
  const node = unwrap(callback);
  if (isFunction(node)) return node;
  const declaration = isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
  return declaration && isFunction(declaration) ? declaration : undefined;
}

function nameOf(node: ts.Expression): string | undefined {
  const { parent } = node;
  return isVariableDeclaration(parent) && isIdentifier(parent.name) && !isCallExpression(parent.name) ? parent.name.text : undefined;
}
