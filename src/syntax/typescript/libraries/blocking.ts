import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../file';
import { unwrap } from '../nodes';
import { originOf } from '../origin';
import { perFile } from '../perFile';

const { isIdentifier, isPropertyAccessExpression } = ts;

/** A function that keeps the only thread until it is done. */
export interface BlockingCall {
  readonly kind: 'file' | 'process' | 'hash' | 'compression' | 'network';
  /** As the module calls it: "readFileSync". */
  readonly name: string;
  /** Its twin that does not block: "readFile of node:fs/promises". */
  readonly instead: string;
  /** The module without "node:", and the property path of the callee after the import: [] for a named import. */
  readonly module: string;
  readonly isNamed: boolean;
}

/** Reading what the system knows of a file (exists, stat) takes microseconds; moving its bytes does not. */
const FS = /^(?:readFile|writeFile|appendFile|copyFile|cp|readdir|rm)Sync$/;
const CRYPTO = /^(?:pbkdf2|scrypt|generateKeyPair|generatePrime)Sync$/;
const ZLIB = /^(?:gzip|gunzip|unzip|deflate|deflateRaw|inflate|inflateRaw|brotliCompress|brotliDecompress|zstdCompress|zstdDecompress)Sync$/;
const PROCESS = /^(?:exec|execFile|spawn)Sync$/;
/** Making a salt reads a few random bytes. */
const PASSWORDS = /^(?:hash|compare|verify)Sync$/;

const MODULES: Readonly<Record<string, readonly [BlockingCall['kind'], RegExp]>> = {
  fs: ['file', FS],
  'fs-extra': ['file', FS],
  'graceful-fs': ['file', FS],
  child_process: ['process', PROCESS],
  execa: ['process', /^execa(?:Command)?Sync$/],
  'cross-spawn': ['process', /^sync$/],
  shelljs: ['process', /^exec$/],
  crypto: ['hash', CRYPTO],
  bcrypt: ['hash', PASSWORDS],
  bcryptjs: ['hash', PASSWORDS],
  '@node-rs/bcrypt': ['hash', PASSWORDS],
  '@node-rs/argon2': ['hash', PASSWORDS],
  zlib: ['compression', ZLIB],
  'sync-fetch': ['network', /^default$/],
  'sync-request': ['network', /^default$/],
};

const IMPORTS = new RegExp(`^(?:node:)?(?:${Object.keys(MODULES).join('|')})$`);
const REQUIRES = /\brequire\(/;
const usesBlocking = perFile((file) => file.importsFrom(IMPORTS) || file.firstMention(file.source, REQUIRES) !== undefined);

/** The blocking function that a call runs; undefined for all others. */
export function blockingCall(call: ts.CallExpression, file: TypeScriptFile): BlockingCall | undefined {
  const callee = unwrap(call.expression);
  const written = isIdentifier(callee) ? callee.text : isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (!/Sync$|^sync|^exec$/.test(written) && !(isIdentifier(callee) && file.imports.has(written))) return undefined;
  if (!usesBlocking(file)) return undefined;
  const origin = originOf(callee, file);
  const module = origin?.module.replace(/^node:/, '') ?? '';
  const known = Object.hasOwn(MODULES, module) ? MODULES[module] : undefined;
  const name = origin && (origin.path[origin.path.length - 1] ?? origin.name);
  if (!known || name === undefined || !known[1].test(name)) return undefined;
  // One file goes as fast as `unlink`; a whole tree does not.
  if (name === 'rmSync' && !/\brecursive\b/.test(call.arguments[1]?.getText() ?? '')) return undefined;
  return { kind: known[0], name: name === 'default' ? written : name, instead: twinOf(module, name), module, isNamed: isIdentifier(callee) };
}

function twinOf(module: string, name: string): string {
  const twin = name.replace(/Sync$/, '');
  if (module === 'fs') return `${twin} of node:fs/promises`;
  if (module === 'crypto' || module === 'zlib' || module === 'child_process') return `${module}.${twin}, promisified`;
  return module.startsWith('sync-') ? 'fetch' : `${module}.${twin}`;
}
