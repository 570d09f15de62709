import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { objectOf } from '../../syntax/typescript/models/literals';
import { nameText } from '../../syntax/typescript/nodes';
import { readAlong, readAlongOption } from '../../syntax/typescript/queries/readAlong';
import { resultUses } from '../../syntax/typescript/results/resultUses';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: ['findMany', 'find', 'findBy', 'findAll'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const option = readAlongOption(call, file);
    const loaded = option && readAlong(option.initializer);
    if (option === undefined || loaded === undefined || loaded.length === 0) return undefined;
    const model = file.ormQuery(call)?.fact.model;
    const { uses, escapes, partEscapes } = resultUses(call, file);
    const names = [...new Set(uses.flatMap(({ reads }) => reads.map(([first]) => first!)))];
    if (model === undefined || escapes || partEscapes || names.length === 0 || names.some((name) => name.endsWith('()'))) return undefined;
    const unused = loaded.filter((name) => !names.includes(name.split('.')[0]!));
    if (unused.length === 0) return undefined;
    return { span: file.span(option), facts: { loader: `${nameText(option.name)}: ${unused.join(', ')}`, unused, names, rows: { model, eager: [] }, isWhole: unused.length === loaded.length } };
  },

  fix: (match, node, file) => (match.facts.isWhole ? withoutOption(match, node as ts.CallExpression, file) : undefined),
};

function withoutOption({ facts, span }: Match<Facts>, call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const object = call.arguments.map(objectOf).find((each) => each?.properties.some((property) => file.span(property).start === span.start));
  const at = object?.properties.findIndex((property) => file.span(property).start === span.start) ?? -1;
  if (object === undefined || at < 0) return undefined;
  const [before, after] = [object.properties[at - 1], object.properties[at + 1]];
  const start = before !== undefined && after === undefined ? before.end : span.start;
  const end = after === undefined ? span.end : after.getStart();
  const edit = object.properties.length === 1 ? { start: object.getStart(), end: object.end, newText: '' } : { start, end, newText: '' };
  // An empty first argument can only go where it is the only one.
  if (object.properties.length === 1 && call.arguments.length > 1) return undefined;
  return { title: `Do not read ${facts.unused.join(', ')} along`, kind: 'suggestion', edits: [edit], caveat: 'The rows no longer have the relation, which their type says too.' };
}
