import { ts } from 'ts-morph';
import { declaredValue } from './declared';
import type { TypeScriptFile } from './file';
import { methodName, some } from './nodes';

/** The parts of one text are few, its lines may be many. */
export function comesFromOneText(list: ts.Expression, file: TypeScriptFile): boolean {
  const value = declaredValue(list, file);
  return value !== undefined && some(value, (node) => ts.isCallExpression(node) && methodName(node) === 'split' && !/\\n/.test(node.arguments[0]?.getText() ?? ''));
}

/** `Object.values(Status)`: what is written with a capital is an enumeration or a table of constants. */
export function listsConstants(list: ts.Expression, file: TypeScriptFile): boolean {
  const value = declaredValue(list, file);
  return value !== undefined && /^Object\.(?:keys|values)\([A-Z]\w*\)$/.test(value.getText());
}

/** A file that draws: what a page shows, and what somebody picks on it, is as long as they care to scroll. */
export function isOfPage(file: TypeScriptFile): boolean {
  return /\.[jt]sx$/.test(file.path);
}
