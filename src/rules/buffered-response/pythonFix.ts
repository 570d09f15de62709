import type { Fix } from '../../core/rule';
import { importMember } from '../../syntax/python/edits';
import { argumentAt, calleeOf, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { bodyOf, responseOf, wholeRead } from './python';

/**
 * `HttpResponse(open(path, "rb").read(), …)` becomes `FileResponse(open(path, "rb"), …)` in Django, which closes
 * the file, and `FileResponse(path, …)` in Starlette and FastAPI.
 */
export function answerWithFile(call: PythonNode, file: PythonFile): Fix | undefined {
  if (responseOf(call, file) !== 'FileResponse') return undefined;
  const callee = calleeOf(call)!;
  const body = bodyOf(call);
  // Under a name the file is closed by its `with` before the response is sent.
  const read = body && body.kind === 'CallExpression' ? wholeRead(body, file) : undefined;
  const opened = read && memberOf(calleeOf(read))!.object;
  if (opened?.kind !== 'CallExpression' || opened.calledName !== 'open' || callee.kind !== 'VariableName') return undefined;
  const isDjango = file.names.qualified(callee)!.startsWith('django.');
  const module = isDjango ? 'django.http' : file.names.qualified(callee)!.startsWith('fastapi') ? 'fastapi.responses' : 'starlette.responses';
  const imports = importMember('FileResponse', module, call, file);
  const path = argumentAt(opened, 0);
  if (imports === undefined || path === undefined) return undefined;
  const start = call.child('ArgList')!.start + 1;
  return {
    title: 'Send the file as a stream',
    kind: 'suggestion',
    edits: [
      ...imports,
      { start: callee.start, end: callee.end, newText: 'FileResponse' },
      { start: Math.min(start, body!.start), end: body!.end, newText: isDjango ? opened.text : path.text },
    ],
    caveat: 'The file is read while the response goes out, so it must still be there then, and an error while reading comes after the status was sent.',
  };
}
