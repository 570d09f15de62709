import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { SpanEdit } from '../../core/text';
import { addArgument, addProperty } from '../../syntax/typescript/edits';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { httpCall } from '../../syntax/typescript/libraries/http';
import { unwrap } from '../../syntax/typescript/nodes';
import { DEADLINE, type Facts } from './rule';

/** Adds the option to the object that configures the call or the client, or adds that object. */
export function setDeadline(call: ts.CallExpression, facts: Facts, file: TypeScriptFile): Fix | undefined {
  const edits = editsOf(call, facts, file);
  return edits && {
    title: `Give up after ${DEADLINE} s`,
    kind: 'suggestion',
    edits,
    caveat: `A request that takes longer than ${DEADLINE} s now fails with an error. Choose the value from what the service usually takes.`,
  };
}

function editsOf(call: ts.CallExpression, { library, isClient, option }: Facts, file: TypeScriptFile): readonly SpanEdit[] | undefined {
  // A node:http request only tells of its timeout; somebody has to end it.
  if (library === 'http' || library === 'https') return undefined;
  if (library === 'superagent') return [{ start: call.end, end: call.end, newText: option }];
  const http = isClient ? undefined : httpCall(call, file);
  const settings = isClient ? call.arguments[0] : http?.options;
  const object = settings && unwrap(settings);
  if (object && ts.isObjectLiteralExpression(object)) return addProperty(object, option, file);
  if (settings || (!isClient && http?.optionsAt === undefined)) return undefined;
  return [addArgument(call, isClient ? 0 : http!.optionsAt!, `{ ${option} }`)];
}
