import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText, methodName } from '../../syntax/typescript/nodes';
import { readAlong, readAlongOption } from '../../syntax/typescript/queries/readAlong';
import { resultUses } from '../../syntax/typescript/results/resultUses';
import type { Facts } from './facts';

const LISTS: ReadonlySet<string> = new Set(['find', 'findBy', 'findAll']);

/** Rows of TypeORM or Sequelize of which each is asked for a related row: `await order.customer`, `order.getLines()`. */
export function relationsPerRow(call: ts.CallExpression, file: TypeScriptFile): Match<Facts> | undefined {
  if (!LISTS.has(methodName(call) ?? '')) return undefined;
  const access = file.dataAccess(call);
  if (access?.kind !== 'query' || (access.library !== 'typeorm' && access.library !== 'sequelize')) return undefined;
  const option = readAlongOption(call, file);
  const along = option === undefined ? [] : readAlong(option.initializer);
  const { uses } = resultUses(call, file);
  const paths = uses.flatMap(({ kind, reads }) => (kind === 'each' ? reads : []));
  const model = along === undefined || paths.length === 0 ? undefined : file.ormQuery(call)?.fact.model;
  return model && { span: file.span(call), facts: { shownBy: `The code behind ${calleeText(call)}`, perRow: { rows: { model, eager: along! }, paths } } };
}
