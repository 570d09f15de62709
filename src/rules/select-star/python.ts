import { isAnswerOnly } from '../../core/reduction';
import { callText } from '../../syntax/python/expressions';
import { ORM_NAMES } from '../../syntax/python/data/ormNames';
import { manyRows } from '../../syntax/python/results/manyRows';
import { resultUses } from '../../syntax/python/results/resultUses';
import { isSmallTable } from '../boundedPython';
import type { PythonMatcher } from '../matchers';
import { namesOf } from './names';
import { loadUsedColumns } from './pythonFix';
import type { Facts } from './rule';

/** Methods that choose columns, read other rows along or lock the rows for a change. */
const CHOOSES = /\.(?:only|defer|values|values_list|annotate|alias|select_related|prefetch_related|select_for_update|with_entities|options|load_only|with_only_columns|add_columns|add_entity|join|outerjoin|with_for_update)\s*\(/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ORM_NAMES,

  find(call, file) {
    const access = file.usesOrm ? file.dataAccess(call) : undefined;
    if (access?.kind !== 'query' || (access.library !== 'django' && access.library !== 'sqlalchemy') || CHOOSES.test(call.text)) return undefined;
    const rows = manyRows(call, file);
    const query = rows && rows.through === undefined ? file.ormQuery(call) : undefined;
    if (rows === undefined || query === undefined || query.fact.columns !== '*' || query.fact.hasLimit || query.isReduced || query.fact.joins.length > 0) return undefined;
    if (isSmallTable(rows.model.name) || isSmallTable(access.table)) return undefined;
    const uses = resultUses(call, file);
    const used = isAnswerOnly(uses) ? undefined : namesOf(uses);
    return used && { span: { start: call.start, end: call.end }, facts: { call: callText(call), rows: { model: rows.model, eager: [] }, used } };
  },

  fix: (match, call, file) => loadUsedColumns(match.facts, call, file),
};
