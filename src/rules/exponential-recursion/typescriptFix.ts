import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { startWithComments } from '../../syntax/typescript/hoisting';
import { freeName } from '../../syntax/typescript/names';
import { isAsync, type FunctionNode } from '../../syntax/typescript/nodes';
import { nameOf } from './typescript';

/** Looks a case up before it is computed, where the cases are told apart by numbers. */
export function memoise(fn: FunctionNode, file: TypeScriptFile): Fix | undefined {
  const name = nameOf(fn);
  const keys = fn.parameters.map(({ name: parameter, type, questionToken, initializer }) => (ts.isIdentifier(parameter) && type?.kind === ts.SyntaxKind.NumberKeyword && !questionToken && !initializer ? parameter.text : undefined));
  if (name === undefined || !ts.isFunctionDeclaration(fn) || !fn.body || isAsync(fn) || fn.asteriskToken || !fn.type || keys.includes(undefined)) return undefined;
  const start = startWithComments(fn, file);
  const outer = indentationAt(file.text, start);
  const inner = indentationAt(file.text, fn.body.statements[0]?.getStart(file.source) ?? start) || `${outer}  `;
  const memo = freeName(`${name}Memo`, fn);
  const key = keys.length === 1 ? keys[0]! : `\`${keys.map((each) => `\${${each}}`).join(',')}\``;
  const result = fn.type.getText(file.source);
  const lookUp = [`const known = ${memo}.get(${key});`, 'if (known !== undefined) return known;', `const result = ((): ${result} => {`];
  const keep = ['})();', `${memo}.set(${key}, result);`, 'return result;'];
  const end = fn.body.end - 1;
  return {
    title: `Keep the result of each case of ${name}`,
    kind: 'suggestion',
    edits: [
      { start, end: start, newText: `const ${memo} = new Map<${keys.length === 1 ? 'number' : 'string'}, ${result}>();\n\n${outer}` },
      { start: fn.body.getStart(file.source) + 1, end: fn.body.getStart(file.source) + 1, newText: lookUp.map((line) => `\n${inner}${line}`).join('') },
      { start: end, end, newText: `${inner.slice(outer.length)}${keep.join(`\n${inner}`)}\n${outer}` },
    ],
    caveat: 'The results stay in memory as long as the module does. Bound the map where the numbers come from outside.',
  };
}
