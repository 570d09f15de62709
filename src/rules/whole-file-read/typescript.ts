import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText, enclosingFunction, some, unwrap } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { fixWholeFileRead } from './typescriptFix';

const FS_IMPORTS = /^(?:(?:node:)?fs(?:\/promises)?|fs-extra|graceful-fs)$/;
/** Files of known small size: configuration, templates, documents, source code. */
const SMALL_FILES = /(?:\.env|ignore\b|package(?:-lock)?\.json|tsconfig|config|manifest|template|readme|changelog|license|codeowners|\.(?:md|mdx|html?|css|scss|ya?ml|toml|ini|sql|graphql|[cm]?[jt]sx?|vue|svelte|snap|svg)\b|\/proc\/|\/etc\/|schema|fixture|__dirname)/i;
/** Words that say the file holds records. */
const DATA_FILES = /(?:log|csv|tsv|jsonl|ndjson|dump|export|import|upload|dataset|records?|rows?|entries|events?|archive|backup|input)/i;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    if (!isFileRead(call, file) || call.arguments.length === 0) return undefined;
    const path = pathText(call.arguments[0]!, file);
    if (SMALL_FILES.test(path)) return undefined;
    const use = useOf(call, file);
    if (!use) return undefined;
    return {
      span: file.span(call),
      facts: { call: calleeText(call), ...use },
      confidence: DATA_FILES.test(path) || use.use !== 'split into lines' ? 'likely' : 'possible',
    };
  },

  fix: (_match, node, file) => fixWholeFileRead(node as ts.CallExpression, file),
};

function isFileRead(call: ts.CallExpression, file: TypeScriptFile): boolean {
  if (!file.importsFrom(FS_IMPORTS)) return false;
  const callee = unwrap(call.expression);
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  const isAliased = ts.isIdentifier(callee) && file.imports.has(name);
  if (!/^readFile/.test(name) && !isAliased) return false;
  const origin = originOf(callee, file);
  if (!origin || !FS_IMPORTS.test(origin.module)) return false;
  return /^readFile(?:Sync)?$/.test(origin.path[origin.path.length - 1] ?? origin.name);
}

/** The path as written, with what a constant of this file adds to it. */
function pathText(argument: ts.Expression, file: TypeScriptFile): string {
  const node = unwrap(argument);
  const text = node.getText();
  if (!ts.isIdentifier(node)) return text;
  const declaration = file.scopes.resolve(node)?.node;
  return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? `${text} ${declaration.initializer.getText()}` : text;
}

/** What becomes of the text: only uses that a stream could serve count. */
function useOf(call: ts.CallExpression, file: TypeScriptFile): Pick<Facts, 'use' | 'instead'> | undefined {
  const direct = useAround(call);
  if (direct) return direct;
  const declaration = outermost(call).parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const name = declaration.name.text;
  const scope = enclosingFunction(declaration)?.body ?? file.source;
  let use: Pick<Facts, 'use' | 'instead'> | undefined;
  let uses = 0;
  some(scope, (node) => {
    if (ts.isIdentifier(node) && node.text === name && node !== declaration.name && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) {
      uses++;
      use ??= useAround(node);
    }
    return false;
  });
  // A text that is also used in another way is needed whole.
  return uses === 1 ? use : undefined;
}

/** `text.split('\n')` and parsers of records, directly around a node. */
function useAround(node: ts.Node): Pick<Facts, 'use' | 'instead'> | undefined {
  const whole = outermost(node);
  const { parent } = whole;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === whole && ts.isCallExpression(parent.parent)) {
    const [separator] = parent.parent.arguments;
    const name = parent.name.text;
    if (name === 'toString' || name === 'trim' || name === 'trimEnd') return useAround(parent.parent);
    if (name === 'split' && separator && /\\r|\\n|EOL/.test(separator.getText())) {
      return { use: 'split into lines', instead: 'readline over createReadStream' };
    }
    return undefined;
  }
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== whole) return undefined;
  const callee = parent.expression.getText();
  if (/(?:csv|papa)\w*\.?parse|parseCsv|^csvParse|parseCSV/i.test(callee)) return { use: 'parsed as CSV', instead: 'the parser of that library for streams' };
  return undefined;
}

/** Past `await`, parentheses and assertions. */
export function outermost(node: ts.Node): ts.Node {
  let at = node;
  while (ts.isAwaitExpression(at.parent) || ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent) || ts.isNonNullExpression(at.parent)) at = at.parent;
  return at;
}


