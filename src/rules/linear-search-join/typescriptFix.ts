import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { camelName, capitalised, insertBefore, statementBefore } from '../../syntax/typescript/hoisting';
import { freeName, singular } from '../../syntax/typescript/names';
import { rootOf, walk } from '../../syntax/typescript/nodes';
import { pathOf } from '../../syntax/typescript/writes';
import { keyShape, searchOf, type Search } from './search';

/** How the searched items are named in the index: `(user) => user.id`. */
interface IndexKey {
  readonly item: string;
  readonly key: string;
  /** "Id", for names such as usersById. */
  readonly word: string;
}

/** Builds the index in front of the loop and asks it in place of every such search in the loop. */
export function fixSearch(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const search = searchOf(call, file);
  const list = search && pathOf(search.collection);
  const index = search && indexKey(search);
  const place = search && statementBefore(search.loop.node, rootOf(search.collection), file);
  if (!search || !list || !index || !place || !isReplaceable(search)) return undefined;
  const name = freeName(indexName(list, search.method, index), search.loop.node);
  const replaced = alikeIn(search, file);
  return {
    title: `Build ${article(search.method)} of ${list} by ${index.key} before the loop`,
    kind: 'suggestion',
    edits: [
      insertBefore(place, declaration(name, list, search.method, index, file), file),
      ...replaced.map(({ node, search: { equality } }) => ({ ...file.span(node), newText: asked(name, search.method, equality.wanted.getText()) })),
    ],
    caveat: caveatOf(search.method),
  };
}

function isReplaceable({ method, equality, collection }: Search): boolean {
  const isStrict = equality.comparison?.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
  const isOptional = ts.isPropertyAccessExpression(collection.parent) && collection.parent.questionDotToken !== undefined;
  return isStrict && equality.isWhole && !isOptional && (method === 'find' || method === 'some' || method === 'filter');
}

function indexKey({ equality, parameter, collection }: Search): IndexKey | undefined {
  const text = equality.key.getText();
  if (ts.isIdentifier(parameter)) {
    const path = text.startsWith(`${parameter.text}.`) ? text.slice(parameter.text.length + 1) : '';
    const isPath = /^[\w$.?]+$/.test(path) || text === parameter.text;
    return isPath ? { item: parameter.text, key: text, word: camelName(path.replace(/\?/g, '')) } : undefined;
  }
  // `({ id }) => id === …`
  const element = ts.isObjectBindingPattern(parameter) ? parameter.elements.find(({ name }) => ts.isIdentifier(name) && name.text === text) : undefined;
  if (!element || element.propertyName || element.initializer || element.dotDotDotToken) return undefined;
  const item = singular(camelName(collection.getText()).replace(/^.*?([A-Z][a-z]+|[a-z]+)$/, (_all, word: string) => word.toLowerCase()));
  return { item, key: `${item}.${text}`, word: text };
}

function indexName(list: string, method: string, { word }: IndexKey): string {
  const base = camelName(list);
  if (method === 'some') return word === '' ? `${base}Set` : `${base.endsWith('s') ? singular(base) : base}${capitalised(word)}s`;
  return `${base}By${capitalised(word) || 'Value'}`;
}

function declaration(name: string, list: string, method: string, { item, key }: IndexKey, file: TypeScriptFile): string[] {
  if (method === 'some') return [item === key ? `const ${name} = new Set(${list});` : `const ${name} = new Set(${list}.map((${item}) => ${key}));`];
  if (method === 'find') return [`const ${name} = new Map(${list}.map((${item}) => [${key}, ${item}]));`];
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  const element = `(typeof ${list})[number]`;
  const types = isTyped ? `<${key.replace(item, element).replace(/\.([\w$]+)/g, (_all, property: string) => `['${property}']`)}, ${element}[]>` : '';
  return [
    `const ${name} = new Map${types}();`,
    `for (const ${item} of ${list}) {`,
    `  const alike = ${name}.get(${key});`,
    `  if (alike) alike.push(${item});`,
    `  else ${name}.set(${key}, [${item}]);`,
    `}`,
  ];
}

function asked(name: string, method: string, wanted: string): string {
  if (method === 'some') return `${name}.has(${wanted})`;
  return method === 'find' ? `${name}.get(${wanted})` : `(${name}.get(${wanted}) ?? [])`;
}

/** The searches of the same list by the same key in the same loop. */
function alikeIn(search: Search, file: TypeScriptFile): { node: ts.CallExpression; search: Search }[] {
  const found: { node: ts.CallExpression; search: Search }[] = [];
  walk(search.loop.body, (node) => {
    const other = ts.isCallExpression(node) ? searchOf(node, file) : undefined;
    if (other && other.loop.node === search.loop.node && other.method === search.method && keyShape(other) === keyShape(search) && isReplaceable(other)) {
      found.push({ node: node as ts.CallExpression, search: other });
      return false;
    }
    return true;
  });
  return found;
}

function article(method: string): string {
  return method === 'some' ? 'a Set' : 'a Map';
}

function caveatOf(method: string): string {
  const once = 'It is built once: if the list or its keys change while the loop runs, the answers differ.';
  return method === 'find' ? `Where several items share a key, find gives the first and the Map keeps the last. ${once}` : once;
}
