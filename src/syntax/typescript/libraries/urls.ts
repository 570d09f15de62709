import { ts } from 'ts-morph';
import { listBehind } from '../../../core/listUrl';
import { declaredValue } from '../declared';
import type { TypeScriptFile } from '../file';
import { enclosingFunction, unwrap } from '../nodes';
import type { HttpCall } from './http';

const { isIdentifier, isTemplateExpression } = ts;

/** The path of the list behind a GET that reads one thing by its key, of a host that is the same for all calls. */
export function listOf({ verb, url }: HttpCall, file: TypeScriptFile): string | undefined {
  if (verb !== 'get' || !url) return undefined;
  const template = templateOf(url, file);
  if (!template) return undefined;
  const { head, templateSpans } = template;
  const [first] = templateSpans;
  if (head.text === '' && !(first && isFixed(first.expression, file))) return undefined;
  return listBehind(head.text + templateSpans.map(({ literal }) => `{}${literal.text}`).join(''));
}

/** `\`/users/${id}\``, also behind a constant of the function. */
function templateOf(url: ts.Expression, file: TypeScriptFile): ts.TemplateExpression | undefined {
  const node = unwrap(url);
  if (isTemplateExpression(node)) return node;
  const value = declaredValue(node, file);
  return value && isTemplateExpression(value) ? value : undefined;
}

/** A base that the file holds at its top, imports, or keeps in the object or the environment. */
function isFixed(base: ts.Expression, file: TypeScriptFile): boolean {
  const node = unwrap(base);
  if (!isIdentifier(node)) return /^(?:this|process\.env|import\.meta\.env|env|config|settings)\b[\w.!]*$/i.test(node.getText());
  const declaration = file.scopes.resolve(node)?.node;
  if (!declaration) return file.imports.has(node.text);
  return enclosingFunction(declaration) === undefined;
}
