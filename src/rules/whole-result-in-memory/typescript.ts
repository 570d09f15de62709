import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText } from '../../syntax/typescript/nodes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { streamInstead } from './typescriptFix';
import { passOver } from './typescriptPass';
import { MATERIALISING_METHODS, materialisingRead } from './typescriptReads';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: MATERIALISING_METHODS,

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const read = materialisingRead(call, file);
    if (read === undefined || passOver(call, file, read.ownsConnection) === undefined) return undefined;
    const { instead, table } = read;
    return {
      span: file.span(call),
      facts: { read: `${calleeText(call)}()`, instead, table },
      size: table === undefined ? undefined : { kind: 'table', name: table },
    };
  },

  fix: (_match, node, file: TypeScriptFile) => streamInstead(node as ts.CallExpression, file),
};
