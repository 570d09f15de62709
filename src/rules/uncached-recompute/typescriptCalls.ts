import { ts } from 'ts-morph';
import { isConstantExpression } from '../../syntax/typescript/constants';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, receiverOf } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import { isOwnFile } from './ownFiles';

const { isCallExpression, isIdentifier, isPropertyAccessExpression, isVariableDeclaration } = ts;

interface Costly {
  readonly names: RegExp;
  readonly what: string;
}

/** Functions and classes that turn a text or a description into something costly, by the module they come from. */
const COSTLY: Readonly<Record<string, Costly>> = {
  handlebars: { names: /^(?:compile|precompile)$/, what: 'the same template' },
  ejs: { names: /^compile$/, what: 'the same template' },
  pug: { names: /^compile(?:File|Client)?$/, what: 'the same template' },
  nunjucks: { names: /^(?:compile|configure|Environment)$/, what: 'the same template' },
  eta: { names: /^compile$/, what: 'the same template' },
  mustache: { names: /^parse$/, what: 'the same template' },
  lodash: { names: /^template$/, what: 'the same template' },
  'lodash/template': { names: /^(?:default|\*)$/, what: 'the same template' },
  ajv: { names: /^(?:Ajv|default|compile)$/, what: 'the same validator' },
  graphql: { names: /^(?:buildSchema|parse)$/, what: 'the same schema' },
  protobufjs: { names: /^(?:load|loadSync|parse)$/, what: 'the same protocol' },
  '@grpc/proto-loader': { names: /^(?:load|loadSync)$/, what: 'the same protocol' },
  jsdom: { names: /^JSDOM$/, what: 'the same document' },
  shiki: { names: /^(?:createHighlighter|getHighlighter)$/, what: 'the same highlighter' },
  tiktoken: { names: /^(?:get_encoding|encoding_for_model)$/, what: 'the same encoder' },
  'js-tiktoken': { names: /^(?:getEncoding|encodingForModel)$/, what: 'the same encoder' },
};
const MODULES = new RegExp(`^(?:${Object.keys(COSTLY).map((name) => name.replace(/[/@-]/g, '\\$&')).join('|')}|(?:node:)?fs(?:/promises)?|fs-extra)$`);
const FS = /^(?:(?:node:)?fs(?:\/promises)?|fs-extra)$/;
const INTL = /^(?:NumberFormat|DateTimeFormat|Collator|PluralRules|RelativeTimeFormat|ListFormat|DisplayNames|Segmenter)$/;

/** The calls to look at, by name. */
export const COSTLY_CALLS: readonly string[] = [
  'compile', 'precompile', 'compileFile', 'compileClient', 'configure', 'parse', 'template', 'buildSchema', 'load', 'loadSync', 'createHighlighter', 'getHighlighter',
  'get_encoding', 'encoding_for_model', 'getEncoding', 'encodingForModel', 'readFile', 'readFileSync',
];

/** What a call or construction makes at some cost, where nothing that goes in changes from one call to the next. */
export function costlyResult(node: ts.CallExpression | ts.NewExpression, file: TypeScriptFile): string | undefined {
  const args = node.arguments ?? [];
  if (isIntl(node, file)) return args.every((argument) => isConstantExpression(argument, file)) ? 'the same formatter' : undefined;
  if (!file.importsFrom(MODULES)) return undefined;
  const origin = originOf(node.expression, file);
  if (!origin || !MODULES.test(origin.module)) return undefined;
  const name = origin.path.at(-1) ?? origin.name;
  if (FS.test(origin.module)) return isCallExpression(node) && /^readFile(?:Sync)?$/.test(name) && readsOwnFile(node, file) ? 'the same file' : undefined;
  const costly = COSTLY[origin.module];
  if (!costly?.names.test(name) || (args.length === 0 && isCallExpression(node))) return undefined;
  // A method of an instance works with what the instance holds, which may be anything.
  if (isCallExpression(node) && !hasConstantReceiver(node, file)) return undefined;
  return args.every((argument) => isConstantExpression(argument, file)) ? costly.what : undefined;
}

function isIntl(node: ts.CallExpression | ts.NewExpression, file: TypeScriptFile): boolean {
  const callee = node.expression;
  if (!isPropertyAccessExpression(callee) || !isIdentifier(callee.expression)) return false;
  return callee.expression.text === 'Intl' && INTL.test(callee.name.text) && !file.scopes.resolve(callee.expression);
}

function hasConstantReceiver(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const receiver = receiverOf(call);
  return receiver === undefined || methodName(call) === undefined || isConstantExpression(receiver, file);
}

function readsOwnFile(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const [path] = call.arguments;
  if (!path || !call.arguments.every((argument) => isConstantExpression(argument, file))) return false;
  return isOwnFile(wordsOf(path, file));
}

/** The path's text, with those of the constants it is made of. */
function wordsOf(expression: ts.Expression, file: TypeScriptFile, depth = 0): string {
  const words = [expression.getText(file.source)];
  const visit = (node: ts.Node): void => {
    const declaration = isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
    if (depth < 3 && declaration && isVariableDeclaration(declaration) && declaration.initializer) words.push(wordsOf(declaration.initializer, file, depth + 1));
    ts.forEachChild(node, visit);
  };
  visit(expression);
  return words.join(' ');
}
