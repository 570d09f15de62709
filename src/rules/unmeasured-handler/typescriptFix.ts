import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { applicationName } from './typescript';

/** Logs the duration of every request, from middleware that stands before all others. */
export function timeRequests(made: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const app = applicationName(made)?.text;
  const statement = made.parent.parent?.parent;
  if (app === undefined || !statement || !ts.isVariableStatement(statement)) return undefined;
  const line = indentationAt(file.text, statement.getStart(file.source));
  const step = line.includes('\t') ? '\t' : '  ';
  const middleware = [
    `${app}.use((req, res, next) => {`,
    `${step}const startedAt = performance.now();`,
    `${step}res.once('finish', () => {`,
    `${step}${step}console.info(\`\${req.method} \${req.baseUrl}\${req.route?.path ?? req.path} \${res.statusCode} \${(performance.now() - startedAt).toFixed(1)} ms\`);`,
    `${step}});`,
    `${step}next();`,
    '});',
  ];
  return {
    title: 'Log the duration of every request',
    kind: 'suggestion',
    edits: [{ start: statement.end, end: statement.end, newText: `\n\n${middleware.map((each) => line + each).join('\n')}` }],
    caveat: 'Each request writes one line. Percentiles need these lines to be collected, or a histogram in their place.',
  };
}
