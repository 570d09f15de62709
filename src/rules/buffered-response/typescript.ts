import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isFetched, wholeBody, type WholeBody } from '../../syntax/typescript/bodies';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText, methodName, receiverOf, unwrap, unwrapAwait } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { streamIt } from './typescriptFix';

const Kind = ts.SyntaxKind;

/** Files that come with a program: pages, styles, icons, descriptions. */
const SMALL_FILES = /\.(?:html?|css|s[ac]ss|[cm]?[jt]sx?|json|svg|ico|md|xml|ya?ml|toml|wasm|woff2?|ttf|pem|crt|map)\b|favicon|template|manifest|robots|icon|logo|schema|openapi|swagger|config|fixture|__dirname/i;

/** Where a body goes. */
export interface Destination {
  readonly kind: 'response' | 'body' | 'constructor' | 'file';
  readonly value: ts.Expression;
}

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [Kind.CallExpression, Kind.NewExpression, Kind.BinaryExpression],
  names: ['send', 'end', 'body', 'writeFile', 'writeFileSync', 'split'],

  find(node, file): Match<Facts> | undefined {
    const destination = destinationOf(node, file);
    if (!destination) return ts.isCallExpression(node) ? splitAnswer(node, file) : undefined;
    const body = wholeBody(destination.value, file);
    if (!body || !mayGrow(body, destination, file)) return undefined;
    return { span: file.span(body.call), facts: factsOf(body, destination) };
  },

  fix: (_match, node, file) => {
    const destination = destinationOf(node, file);
    return destination && streamIt(node, destination, file);
  },
};

/** `res.send(x)`, `res.end(x)`, `reply.send(x)`, `c.body(x)`; `ctx.body = x`; `new Response(x)`; `writeFile(path, x)`. */
function destinationOf(node: ts.Node, file: TypeScriptFile): Destination | undefined {
  if (ts.isCallExpression(node)) return destinationOfCall(node, file);
  if (ts.isNewExpression(node)) {
    const value = node.arguments?.[0];
    return value && ts.isIdentifier(node.expression) && /^(?:Next)?Response$/.test(node.expression.text) ? { kind: 'constructor', value } : undefined;
  }
  const assignment = node as ts.BinaryExpression;
  if (assignment.operatorToken.kind !== Kind.EqualsToken || !ts.isPropertyAccessExpression(assignment.left) || assignment.left.name.text !== 'body') return undefined;
  return /^(?:ctx|context)(?:\.response)?$/.test(assignment.left.expression.getText()) ? { kind: 'body', value: assignment.right } : undefined;
}

function destinationOfCall(call: ts.CallExpression, file: TypeScriptFile): Destination | undefined {
  const method = methodName(call);
  if (method === 'send' || method === 'end') {
    const [value] = call.arguments;
    return value && /^(?:res|response|resp|reply)\b/.test(receiverOf(call)!.getText()) ? { kind: 'response', value } : undefined;
  }
  if (method === 'body' && /^(?:c|ctx|context)$/.test(receiverOf(call)!.getText())) return call.arguments[0] && { kind: 'constructor', value: call.arguments[0] };
  const callee = unwrap(call.expression);
  const name = method ?? (ts.isIdentifier(callee) ? callee.text : '');
  const value = call.arguments[1];
  if (!value || !/^writeFile(?:Sync)?$/.test(name)) return undefined;
  return /^(?:node:)?fs|^fs-extra$|^graceful-fs$/.test(originOf(callee, file)?.module ?? '') ? { kind: 'file', value } : undefined;
}

function mayGrow({ kind, call, path }: WholeBody, destination: Destination, file: TypeScriptFile): boolean {
  // A copy of a file is another rule's business, and a read with an encoding wants a text.
  if (kind === 'answer') return true;
  if (destination.kind === 'file' || call.arguments.length > 1) return false;
  const node = unwrap(path!);
  const declaration = ts.isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
  const behind = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? declaration.initializer.getText() : '';
  return !SMALL_FILES.test(`${node.getText()} ${behind}`);
}

function factsOf({ kind, call }: WholeBody, destination: Destination): Facts {
  const isFile = destination.kind === 'file';
  return {
    call: calleeText(call),
    what: kind === 'file' ? 'the file' : 'the answer',
    use: isFile ? 'it is written to a file' : 'it is sent',
    instead: kind === 'file' ? 'createReadStream and send the stream' : isFile ? 'pipeline() from its body to createWriteStream' : 'its body, which is a stream, as the body of the response',
  };
}

/** `(await response.text()).split('\n')`: lines can be read as they come. */
function splitAnswer(call: ts.CallExpression, file: TypeScriptFile): Match<Facts> | undefined {
  if (methodName(call) !== 'split' || !call.arguments[0] || !/^['"`](?:\\r)?\\n|^\/(?:\\r\??)?\\n/.test(call.arguments[0].getText())) return undefined;
  const text = textOf(receiverOf(call)!, file);
  if (!text || !isFetched(receiverOf(text)!, file)) return undefined;
  return {
    span: file.span(text),
    facts: { call: calleeText(text), what: 'the answer', use: 'it is split into lines', instead: 'its body with readline or a TextDecoderStream' },
    confidence: 'possible',
  };
}

function textOf(expression: ts.Expression, file: TypeScriptFile): ts.CallExpression | undefined {
  const node = unwrapAwait(expression);
  if (ts.isCallExpression(node)) return methodName(node) === 'text' ? node : undefined;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = file.scopes.resolve(node)?.node;
  const value = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrapAwait(declaration.initializer) : undefined;
  return value && ts.isCallExpression(value) && methodName(value) === 'text' ? value : undefined;
}
