import { ts } from 'ts-morph';
import { literalObject } from './declared';
import type { TypeScriptFile } from './file';
import { httpCall } from './libraries/http';
import { enclosingFunction, methodName, propertyOf, receiverOf, some, unwrap, unwrapAwait } from './nodes';
import { originOf } from './origin';

const {
  isArrayLiteralExpression, isCallExpression, isIdentifier, isNewExpression, isPropertyAccessExpression,
  isStringLiteralLike, isVariableDeclaration,
} = ts;

/** A call that brings a whole body into memory. */
export interface WholeBody {
  readonly kind: 'file' | 'answer';
  readonly call: ts.CallExpression;
  /** For a file: its path. */
  readonly path?: ts.Expression;
  /** For an answer: the value whose body was read. */
  readonly answer?: ts.Expression;
}

const FS = /^(?:(?:node:)?fs(?:\/promises)?|fs-extra|graceful-fs)$/;
const READING_METHODS = new Set(['arrayBuffer', 'blob', 'buffer', 'bytes', 'transformToByteArray', 'transformToString']);

/** The whole body behind an expression: read in place, or held in a variable that nothing else needs whole. */
export function wholeBody(expression: ts.Expression, file: TypeScriptFile, depth = 0): WholeBody | undefined {
  if (depth > 4) return undefined;
  const node = withoutWrappers(expression);
  if (isIdentifier(node)) {
    const declaration = file.scopes.resolve(node);
    const initializer = declaration && isVariableDeclaration(declaration.node) && isIdentifier(declaration.node.name) ? declaration.node.initializer : undefined;
    return initializer && isNeededOnce(declaration!.name, file) ? wholeBody(initializer, file, depth + 1) : undefined;
  }
  if (isPropertyAccessExpression(node)) return node.name.text === 'data' ? axiosBody(node.expression, file) : undefined;
  return isCallExpression(node) ? fileBody(node, file) ?? answerBody(node, file) : undefined;
}

/** Past `await`, `Buffer.from(…)`, `new Uint8Array(…)` and `new Blob([…])`, which hold the same bytes. */
function withoutWrappers(expression: ts.Expression): ts.Expression {
  const node = unwrapAwait(expression);
  const [first] = isNewExpression(node) || isCallExpression(node) ? (node.arguments ?? []) : [];
  if (!first) return node;
  if (isNewExpression(node) && /^(?:Uint8Array|Buffer)$/.test(node.expression.getText())) return withoutWrappers(first);
  if (isNewExpression(node) && node.expression.getText() === 'Blob') {
    const list = unwrap(first);
    return isArrayLiteralExpression(list) && list.elements.length === 1 ? withoutWrappers(list.elements[0]!) : node;
  }
  return isCallExpression(node) && node.expression.getText() === 'Buffer.from' ? withoutWrappers(first) : node;
}

/** One use, apart from reads of its length, which the source can tell too. */
function isNeededOnce(name: ts.Identifier, file: TypeScriptFile): boolean {
  const scope = enclosingFunction(name)?.body ?? file.source;
  let uses = 0;
  some(scope, (node) => {
    const isUse = isIdentifier(node) && node.text === name.text && node !== name;
    if (isUse && !(isPropertyAccessExpression(node.parent) && (node.parent.name === node || /^(?:length|byteLength|size)$/.test(node.parent.name.text)))) uses++;
    return uses > 1;
  });
  return uses === 1;
}

function fileBody(call: ts.CallExpression, file: TypeScriptFile): WholeBody | undefined {
  const callee = unwrap(call.expression);
  const name = isIdentifier(callee) ? callee.text : methodName(call);
  if (name === undefined || !call.arguments[0] || !file.importsFrom(FS)) return undefined;
  const origin = originOf(callee, file);
  if (!origin || !FS.test(origin.module) || !/^readFile(?:Sync)?$/.test(origin.path[origin.path.length - 1] ?? origin.name)) return undefined;
  return { kind: 'file', call, path: call.arguments[0] };
}

/** `response.arrayBuffer()` of a fetched response, `object.Body.transformToByteArray()` of S3. */
function answerBody(call: ts.CallExpression, file: TypeScriptFile): WholeBody | undefined {
  const method = methodName(call);
  if (method === undefined || !READING_METHODS.has(method)) return undefined;
  const answer = receiverOf(call)!;
  return method.startsWith('transformTo') || isFetched(answer, file) ? { kind: 'answer', call, answer } : undefined;
}

/** Whether a value is what a request over HTTP gave. */
export function isFetched(expression: ts.Expression, file: TypeScriptFile, depth = 0): boolean {
  const node = unwrapAwait(expression);
  if (isCallExpression(node)) return httpCall(node, file) !== undefined;
  if (!isIdentifier(node) || depth > 3) return false;
  const declaration = file.scopes.resolve(node)?.node;
  return declaration !== undefined && isVariableDeclaration(declaration) && declaration.initializer !== undefined && isFetched(declaration.initializer, file, depth + 1);
}

/** `(await axios.get(url, { responseType: 'arraybuffer' })).data` */
function axiosBody(expression: ts.Expression, file: TypeScriptFile): WholeBody | undefined {
  const node = unwrapAwait(expression);
  const declaration = isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
  const value = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrapAwait(declaration.initializer) : node;
  if (!isCallExpression(value)) return undefined;
  const options = httpCall(value, file)?.options;
  const object = options && literalObject(options, file);
  const type = object && propertyOf(object, 'responseType');
  return type && isStringLiteralLike(type) && type.text === 'arraybuffer' ? { kind: 'answer', call: value } : undefined;
}
