import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { SpanEdit } from '../../core/text';
import { importName } from '../../syntax/typescript/edits';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { blockingCall, type BlockingCall } from '../../syntax/typescript/libraries/blocking';
import { enclosingFunction, isAsync, unwrap } from '../../syntax/typescript/nodes';

/** In an async function `fs.readFileSync(path)` becomes `await fs.promises.readFile(path)`; other modules in their own way. */
export function useTwin(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const around = enclosingFunction(call);
  const blocking = blockingCall(call, file);
  if (!around || !isAsync(around) || !blocking || isInParameter(call, around)) return undefined;
  const twin = twinOf(call, blocking, file);
  if (!twin) return undefined;
  const needsParentheses = ts.isPropertyAccessExpression(call.parent) || ts.isElementAccessExpression(call.parent) || ts.isNonNullExpression(call.parent);
  return {
    title: `Await ${blocking.name.replace(/Sync$/, '')} instead`,
    kind: 'suggestion',
    edits: [
      ...twin.imports,
      { ...file.span(call.expression), newText: `${needsParentheses ? '(' : ''}await ${twin.callee}` },
      ...(needsParentheses ? [{ start: call.end, end: call.end, newText: ')' }] : []),
    ],
    caveat: 'Other code may run before this function goes on: what it has read before the call may have changed after it.',
  };
}

function isInParameter(call: ts.CallExpression, around: ts.FunctionLikeDeclaration): boolean {
  return around.parameters.some((parameter) => call.pos >= parameter.pos && call.end <= parameter.end);
}

interface Twin {
  readonly callee: string;
  readonly imports: readonly SpanEdit[];
}

function twinOf(call: ts.CallExpression, { module, name, isNamed }: BlockingCall, file: TypeScriptFile): Twin | undefined {
  const short = name.replace(/Sync$/, '');
  const callee = unwrap(call.expression);
  const owner = ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : undefined;
  switch (module) {
    case 'fs':
      return isNamed ? imported(short, 'node:fs/promises', file) : { callee: `${owner}.promises.${short}`, imports: [] };
    case 'fs-extra':
    case 'bcrypt':
    case 'bcryptjs':
    case '@node-rs/bcrypt':
    case '@node-rs/argon2':
      return isNamed ? imported(short, module, file) : { callee: `${owner}.${short}`, imports: [] };
    case 'crypto':
    case 'zlib':
      return promisified(short, isNamed ? undefined : owner, module, file);
    default:
      return undefined;
  }
}

function imported(name: string, module: string, file: TypeScriptFile): Twin | undefined {
  const imports = importName(name, module, file);
  return imports && { callee: name, imports };
}

function promisified(name: string, owner: string | undefined, module: string, file: TypeScriptFile): Twin | undefined {
  const wrapper = importName('promisify', 'node:util', file);
  const own = owner === undefined ? importName(name, `node:${module}`, file) : [];
  return wrapper && own && { callee: `promisify(${owner === undefined ? name : `${owner}.${name}`})`, imports: [...wrapper, ...own] };
}
