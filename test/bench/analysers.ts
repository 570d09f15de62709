/** What the passes are measured with, bundled as the programs are: run from its sources, the compiler's names are getters. */
import { parser } from '@lezer/python';
import { PythonAnalyser } from '../../src/detect/python';
import { SqlAnalyser } from '../../src/detect/sql';
import { TypeScriptAnalyser } from '../../src/detect/typescript';
import { matchers as pythonMatchers } from '../../src/rules/generated/python';
import { rules } from '../../src/rules/generated/rules';
import { matchers as sqlMatchers } from '../../src/rules/generated/sql';
import { matchers as typescriptMatchers } from '../../src/rules/generated/typescript';

export { parsePython, reparsePython } from '../../src/syntax/python/tree';
export { loadSqlParser } from '../../src/syntax/sql/parser';
export { parseTypeScript } from '../../src/syntax/typescript/parse';

export const allRules: ReadonlySet<string> = new Set(rules.map(({ meta }) => meta.id));
export const parsePythonAlone = (text: string): unknown => parser.parse(text);

const sql = new SqlAnalyser(sqlMatchers);
export const typescript = new TypeScriptAnalyser(typescriptMatchers, sql);
export const python = new PythonAnalyser(pythonMatchers, sql);
