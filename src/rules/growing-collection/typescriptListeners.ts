import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { functionNameAround } from '../../syntax/typescript/functions';
import { enclosingFunction, isInlineFunction, methodName, receiverOf, shortText, some } from '../../syntax/typescript/nodes';
import type { Facts } from './rule';

const { isBlock, isCallExpression, isIdentifier, isObjectLiteralExpression, isPropertyAccessExpression, isReturnStatement, isStringLiteralLike } = ts;

/** Emitters that are there for as long as the process or the page. */
const GLOBAL_EMITTERS = /^(?:process|window|document|globalThis|self)$/;
/** Components that are there as long as the page is. */
const MOUNTED_ONCE = /^(?:App|Root|Main|Layout|RootLayout|Analytics|\w*Provider|\w*Providers|\w*App)$/;
export const LISTENING_METHODS: readonly string[] = ['on', 'addListener', 'addEventListener', 'prependListener'];

/** A listener on a global emitter that is added again and again: by a request handler, or by an effect that cleans nothing up. */
export function addedListener(call: ts.CallExpression, file: TypeScriptFile): Facts | undefined {
  const name = methodName(call);
  const emitter = receiverOf(call);
  if (name === undefined || !LISTENING_METHODS.includes(name) || !emitter || !isIdentifier(emitter) || !GLOBAL_EMITTERS.test(emitter.text)) return undefined;
  if (file.scopes.resolve(emitter) || call.arguments.length < 2 || isOnce(call)) return undefined;
  const fn = enclosingFunction(call);
  if (fn === undefined) return undefined;
  const [event] = call.arguments;
  const text = `${emitter.text}.${name}(${event && isStringLiteralLike(event) ? shortText(event) : '…'})`;
  const effect = effectAround(call);
  if (effect) return cleansUp(effect) || MOUNTED_ONCE.test(functionNameAround(call)) ? undefined : { kind: 'listener', call: text, each: 'mount', remove: 'Return a function from the effect that removes it.', writers: [] };
  if (removesListener(fn)) return undefined;
  return { kind: 'listener', call: text, each: 'call', remove: 'Add it once when the program starts, or remove it when the request ends.', writers: [functionNameAround(call)] };
}

/** `{ once: true }` and an abort signal take it away again. */
function isOnce(call: ts.CallExpression): boolean {
  const options = call.arguments[2];
  return options !== undefined && isObjectLiteralExpression(options) && /\bonce:\s*true|\bsignal\b/.test(options.getText());
}

/** The callback of the `useEffect` that runs the call. */
function effectAround(call: ts.CallExpression): ts.ArrowFunction | ts.FunctionExpression | undefined {
  const fn = enclosingFunction(call);
  if (!fn || !isInlineFunction(fn) || !isCallExpression(fn.parent)) return undefined;
  const callee = fn.parent.expression;
  const name = isIdentifier(callee) ? callee.text : isPropertyAccessExpression(callee) ? callee.name.text : '';
  return /^use(?:Layout)?Effect$/.test(name) && fn.parent.arguments[0] === fn ? fn : undefined;
}

/** Returns anything at all: what an effect returns is its clean-up. */
function cleansUp(effect: ts.ArrowFunction | ts.FunctionExpression): boolean {
  if (!isBlock(effect.body)) return true;
  return effect.body.statements.some((statement) => some(statement, (node) => isReturnStatement(node) && node.expression !== undefined, (node) => ts.isFunctionLike(node)));
}

function removesListener(fn: ts.Node): boolean {
  return some(fn, (node) => isCallExpression(node) && /^(?:off|removeListener|removeEventListener|removeAllListeners)$/.test(methodName(node) ?? ''));
}
