import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText, enclosingFunction, methodName, propertyOf, some, unwrap } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import type { TypeScriptMatcher } from '../matchers';
import { isOfARequest, isOfTheMachine } from './paths';
import type { Facts } from './rule';

const { isBindingElement, isCallExpression, isIdentifier, isObjectLiteralExpression, isVariableDeclaration } = ts;

const WRITES: readonly string[] = [
  'writeFile', 'writeFileSync', 'appendFile', 'appendFileSync', 'createWriteStream', 'outputFile', 'outputFileSync', 'outputJson', 'writeJson',
  'copyFile', 'copyFileSync', 'rename', 'renameSync', 'move', 'copy', 'cp',
];
/** What the upload middleware is called by in practice. */
const UPLOAD_CALLS: readonly string[] = ['multer', 'diskStorage', 'formidable', 'fileUpload'];
/** The position of the path that is written. */
const SECOND_IS_TARGET = /^(?:copyFile|copyFileSync|rename|renameSync|move|copy|cp)$/;
const FS_MODULES = /^(?:(?:node:)?fs(?:\/promises)?|fs-extra|graceful-fs)$/;
const REMOVES = /^(?:unlink|unlinkSync|rm|rmSync|rmdir|rmdirSync|remove|removeSync|cleanup)$/;
const UPLOADERS = /^(?:multer|express-fileupload|formidable)$/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: [...WRITES, ...UPLOAD_CALLS, 'mv'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const facts = writtenFile(call, file) ?? uploads(call, file);
    const fn = enclosingFunction(call);
    return facts && { span: file.span(call), confidence: facts.isSetUp || (fn && isOfARequest(fn.getText(file.source))) ? 'likely' : 'possible', facts };
  },
};

/** `fs.writeFile(path, …)` in a function that does not take the file away again. */
function writtenFile(call: ts.CallExpression, file: TypeScriptFile): Facts | undefined {
  const name = methodName(call) ?? (isIdentifier(call.expression) ? call.expression.text : '');
  if (name === 'mv') return movedUpload(call, file);
  if (!WRITES.includes(name) || !FS_MODULES.test(originOf(call.expression, file)?.module ?? '')) return undefined;
  const path = call.arguments[SECOND_IS_TARGET.test(name) ? 1 : 0];
  const fn = enclosingFunction(call);
  if (!path || !fn || isOfTheMachine(`${file.path.slice(file.path.lastIndexOf('/') + 1)} ${wordsOf(path, file)}`) || takesAway(fn)) return undefined;
  return { call: calleeText(call), what: 'a file', isSetUp: false };
}

/** `req.files.image.mv(path)` of express-fileupload. */
function movedUpload(call: ts.CallExpression, file: TypeScriptFile): Facts | undefined {
  const [path] = call.arguments;
  const isUpload = path !== undefined && /\bfiles?\b/i.test(wordsOf(call.expression, file));
  return isUpload && !isOfTheMachine(wordsOf(path, file)) ? { call: calleeText(call), what: 'an upload', isSetUp: false } : undefined;
}

/** Multer's `dest` and `diskStorage`, formidable's `uploadDir`. */
function uploads(call: ts.CallExpression, file: TypeScriptFile): Facts | undefined {
  if (!file.importsFrom(UPLOADERS)) return undefined;
  const origin = originOf(call.expression, file);
  if (!origin || !UPLOADERS.test(origin.module)) return undefined;
  const name = origin.path.at(-1) ?? origin.name;
  const options = call.arguments[0] && unwrap(call.arguments[0]);
  if (!options || !isObjectLiteralExpression(options)) return undefined;
  const target = name === 'diskStorage' ? (propertyOf(options, 'destination') ?? options) : (propertyOf(options, 'dest') ?? propertyOf(options, 'uploadDir'));
  if (target === undefined || isOfTheMachine(wordsOf(target, file)) || takesAway(file.source)) return undefined;
  return { call: calleeText(call), what: 'uploads', isSetUp: true };
}

/** Deleting is how a handler cleans up what it needed for a moment. */
function takesAway(scope: ts.Node): boolean {
  return some(scope, (node) => isCallExpression(node) && REMOVES.test(methodName(node) ?? (isIdentifier(node.expression) ? node.expression.text : '')));
}

/** A path's text, with what the names in it were made of. */
function wordsOf(expression: ts.Expression, file: TypeScriptFile, depth = 0): string {
  const words = [expression.getText()];
  if (depth > 2) return words[0]!;
  some(expression, (node) => {
    const declared = isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
    const declaration = declared && isBindingElement(declared) ? declared.parent.parent : declared;
    if (declaration && isVariableDeclaration(declaration) && declaration.initializer) words.push(wordsOf(declaration.initializer, file, depth + 1));
    return false;
  });
  return words.join(' ');
}
