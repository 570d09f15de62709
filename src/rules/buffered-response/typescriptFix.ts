import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { SpanEdit } from '../../core/text';
import { wholeBody, type WholeBody } from '../../syntax/typescript/bodies';
import { importName } from '../../syntax/typescript/edits';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { unwrapAwait } from '../../syntax/typescript/nodes';
import type { Destination } from './typescript';

const CAVEAT = 'An error while reading now comes after the status was sent, and the response has no Content-Length unless you set it.';

/** Offered where the body is read in the very place where it is passed on. */
export function streamIt(node: ts.Node, destination: Destination, file: TypeScriptFile): Fix | undefined {
  const body = wholeBody(destination.value, file);
  if (!body || !isInPlace(body, destination)) return undefined;
  const edits = body.kind === 'file' ? fileEdits(node, destination, body, file) : answerEdits(destination, body, file);
  return edits && { title: 'Stream it', kind: 'suggestion', edits, caveat: CAVEAT };
}

function isInPlace({ call }: WholeBody, { value }: Destination): boolean {
  return call.pos >= value.pos && call.end <= value.end;
}

/** `ctx.body` of Koa and `reply.send` of Fastify take a stream; a response of Express or node:http is written to. */
function fileEdits(node: ts.Node, { kind, value }: Destination, { call, path }: WholeBody, file: TypeScriptFile): readonly SpanEdit[] | undefined {
  if (unwrapAwait(value) !== call) return undefined;
  const imports = importName('createReadStream', 'node:fs', file);
  if (!imports) return undefined;
  const stream = `createReadStream(${path!.getText()})`;
  if (kind === 'body' || (kind === 'response' && ts.isCallExpression(node) && /^reply\b/.test(node.expression.getText()))) {
    return [...imports, { ...file.span(value), newText: stream }];
  }
  if (kind !== 'response' || !ts.isCallExpression(node) || !ts.isExpressionStatement(node.parent) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const response = node.expression.expression.getText();
  return /^[\w.]+$/.test(response) ? [...imports, { ...file.span(node), newText: `${stream}.pipe(${response})` }] : undefined;
}

/** `new Response(await answer.arrayBuffer())` passes the body of the answer on as it is. */
function answerEdits({ kind, value }: Destination, { answer, call }: WholeBody, file: TypeScriptFile): readonly SpanEdit[] | undefined {
  if (kind !== 'constructor' || unwrapAwait(value) !== call || !answer || !ts.isIdentifier(answer)) return undefined;
  return [{ ...file.span(value), newText: `${answer.text}.body` }];
}
