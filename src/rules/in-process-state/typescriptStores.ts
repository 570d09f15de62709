import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, propertyOf, rootOf, unwrap } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import type { Facts } from './rule';

const { isCallExpression, isIdentifier, isObjectLiteralExpression, isSpreadAssignment } = ts;

interface MemoryDefault {
  readonly what: string;
  readonly instead: string;
  /** Options any of which name another store. */
  readonly options: readonly string[];
}

const LIMITS = 'rate limits';

/** Middleware that keeps its state in memory unless it is told where else. */
const MEMORY_BY_DEFAULT: Readonly<Record<string, MemoryDefault>> = {
  'express-session': { what: 'sessions', instead: 'the option store, for example with connect-redis', options: ['store'] },
  '@fastify/session': { what: 'sessions', instead: 'the option store, for example with connect-redis', options: ['store'] },
  'express-rate-limit': { what: LIMITS, instead: 'the option store, for example with rate-limit-redis', options: ['store'] },
  'express-slow-down': { what: LIMITS, instead: 'the option store, for example with rate-limit-redis', options: ['store'] },
  'koa-ratelimit': { what: LIMITS, instead: "driver: 'redis'", options: ['driver'] },
};
/** Plugins that are handed to the application together with their options. */
const PLUGINS: Readonly<Record<string, MemoryDefault>> = {
  '@fastify/rate-limit': { what: LIMITS, instead: 'the option redis or store', options: ['redis', 'store'] },
  '@fastify/session': MEMORY_BY_DEFAULT['@fastify/session']!,
};
/** Classes whose instances are the memory. */
const MEMORY_CLASSES: Readonly<Record<string, readonly [name: string, what: string, instead: string]>> = {
  'rate-limiter-flexible': ['RateLimiterMemory', LIMITS, 'RateLimiterRedis or another of the shared limiters'],
  'express-session': ['MemoryStore', 'sessions', 'a shared store such as connect-redis'],
  'express-rate-limit': ['MemoryStore', LIMITS, 'a shared store such as rate-limit-redis'],
};

/** What these modules are called by in practice, as most of them have one default export. */
export const STORE_CALLS: readonly string[] = ['register', 'session', 'expressSession', 'rateLimit', 'rateLimiter', 'expressRateLimit', 'RateLimit', 'slowDown', 'ratelimit', 'limiter'];

const MODULES = /^(?:express-session|@fastify\/(?:session|rate-limit)|express-rate-limit|express-slow-down|koa-ratelimit|rate-limiter-flexible)$/;

/** A library's store that lives in this process. */
export function memoryStore(node: ts.CallExpression | ts.NewExpression, file: TypeScriptFile): Facts | undefined {
  if (!file.importsFrom(MODULES)) return undefined;
  if (!isCallExpression(node)) return memoryClass(node, file);
  if (methodName(node) === 'register') return registered(node, file);
  const origin = originOf(node.expression, file);
  const library = origin && MEMORY_BY_DEFAULT[origin.module];
  if (!library || origin.path.length > 0 || !/^(?:default|\*|rateLimit|slowDown)$/.test(origin.name)) return undefined;
  return namesStore(node.arguments[0], library) || !isFirst(node, file) ? undefined : said(origin.module, library);
}

/** Ten routes that are limited the same way are one decision. */
function isFirst(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const name = rootOf(call.expression);
  const declaration = isIdentifier(name) ? file.scopes.resolve(name) : undefined;
  const calls = declaration ? file.uses.of(declaration).filter(({ parent }) => isCallExpression(parent)) : [];
  return calls.length === 0 || calls[0] === name;
}

function registered(call: ts.CallExpression, file: TypeScriptFile): Facts | undefined {
  const [plugin, options] = call.arguments;
  const module = plugin && isIdentifier(plugin) ? file.imports.get(plugin.text)?.module : undefined;
  const library = module === undefined ? undefined : PLUGINS[module];
  return library && !namesStore(options, library) ? said(module!, library) : undefined;
}

function memoryClass(node: ts.NewExpression, file: TypeScriptFile): Facts | undefined {
  const origin = originOf(node.expression, file);
  const known = origin && MEMORY_CLASSES[origin.module];
  if (!known || (origin.path.at(-1) ?? origin.name) !== known[0]) return undefined;
  const [name, what, instead] = known;
  // The limiter that steps in while the shared one cannot be reached.
  if (/insuranceLimiter/.test(file.text)) return undefined;
  return { kind: 'library', call: name, what, instead };
}

/** Options that cannot be read may name one. */
function namesStore(options: ts.Expression | undefined, { options: names }: MemoryDefault): boolean {
  if (options === undefined) return false;
  const object = unwrap(options);
  if (!isObjectLiteralExpression(object) || object.properties.some(isSpreadAssignment)) return true;
  return names.some((name) => propertyOf(object, name) !== undefined);
}

function said(module: string, { what, instead }: MemoryDefault): Facts {
  return { kind: 'library', call: module, what, instead };
}
