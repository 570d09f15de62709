import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { FanOut } from '../../syntax/typescript/fanOut';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { freeName } from '../../syntax/typescript/names';
import { enclosingFunction, isAsync, isInlineFunction, unwrap } from '../../syntax/typescript/nodes';
import { LIMIT } from './rule';

/**
 * Runs the items in groups, in order, so that the results keep theirs: where `Promise.all(xs.map(f))` is a
 * statement of its own, the value of one constant, or what the function returns.
 */
export function runInGroups(call: ts.CallExpression, { collection, callback, map, starter }: FanOut, file: TypeScriptFile): Fix | undefined {
  const statement = statementOf(call);
  const list = unwrap(collection);
  if (!statement || starter === 'pMap' || !isSimple(list) || file.shape(list).kind !== 'array' || !takesItemOnly(callback)) return undefined;
  if (unwrap(call.arguments[0]!) !== map) return undefined;
  const start = freeName('start', statement.node);
  const results = statement.kind === 'value' ? statement.name : statement.kind === 'returned' ? freeName('results', statement.node) : undefined;
  const indentation = indentationAt(file.text, statement.node.getStart(file.source));
  const step = indentation.includes('\t') ? '\t' : '  ';
  const name = list.getText();
  const group = `await ${starter}(${name}.slice(${start}, ${start} + ${LIMIT}).map(${indented(callback, indentation + step, file)}))`;
  const lines = [
    ...(results === undefined ? [] : [`const ${results} = [];`]),
    `for (let ${start} = 0; ${start} < ${name}.length; ${start} += ${LIMIT}) {`,
    `${step}${results === undefined ? group : `${results}.push(...(${group}))`};`,
    '}',
    ...(statement.kind === 'returned' ? [`return ${results};`] : []),
  ];
  return {
    title: `Run ${LIMIT} at a time`,
    kind: 'suggestion',
    edits: [{ ...file.span(statement.node), newText: lines.map((line, index) => (index === 0 ? line : indentation + line)).join('\n') }],
    caveat: `Each group of ${LIMIT} waits for its slowest call, and when one fails the groups after it do not begin.`,
  };
}

type Place =
  | { readonly kind: 'alone' | 'returned'; readonly node: ts.Statement }
  | { readonly kind: 'value'; readonly node: ts.Statement; readonly name: string };

/** The statement that is nothing but the awaited call. */
function statementOf(call: ts.CallExpression): Place | undefined {
  const around = enclosingFunction(call);
  if (!around || !isAsync(around)) return undefined;
  const outer = ts.isAwaitExpression(call.parent) ? call.parent : call;
  const { parent } = outer;
  if (outer !== call && ts.isExpressionStatement(parent) && ts.isBlock(parent.parent)) return { kind: 'alone', node: parent };
  if (ts.isReturnStatement(parent) && ts.isBlock(parent.parent)) return { kind: 'returned', node: parent };
  if (outer === call || !ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name) || parent.type) return undefined;
  const list = parent.parent;
  const isOnly = ts.isVariableDeclarationList(list) && list.declarations.length === 1 && (list.flags & ts.NodeFlags.Const) !== 0 && ts.isVariableStatement(list.parent);
  return isOnly ? { kind: 'value', node: list.parent, name: parent.name.text } : undefined;
}

/** A name or a property, which can be read once per group. */
function isSimple(list: ts.Expression): boolean {
  return ts.isIdentifier(list) || (ts.isPropertyAccessExpression(list) && /^[\w.]+$/.test(list.getText()));
}

/** A second parameter would count from zero in each group. */
function takesItemOnly(callback: ts.Expression): boolean {
  const node = unwrap(callback);
  return isInlineFunction(node) && node.parameters.length <= 1;
}

/** The callback as part of a line that is indented so; lines of a template literal are text and keep their indentation. */
function indented(callback: ts.Expression, indentation: string, file: TypeScriptFile): string {
  const text = callback.getText();
  const before = indentationAt(file.text, callback.getStart(file.source));
  return text.includes('`') ? text : text.replaceAll(`\n${before}`, `\n${indentation}`);
}
