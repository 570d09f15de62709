import type { Fix } from '../../core/rule';
import type { SpanEdit } from '../../core/text';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment } from '../../syntax/python/statements';

type Lines = (app: string) => readonly string[];

const MIDDLEWARE: Readonly<Record<string, { readonly lines: Lines; readonly imports: readonly string[] }>> = {
  FastAPI: {
    imports: ['time', 'logging'],
    lines: (app) => [
      `@${app}.middleware("http")`,
      'async def log_duration(request, call_next):',
      '    started = time.perf_counter()',
      '    response = await call_next(request)',
      '    milliseconds = (time.perf_counter() - started) * 1000',
      '    logging.getLogger("requests").info("%s %s %d %.1f ms", request.method, request.url.path, response.status_code, milliseconds)',
      '    return response',
    ],
  },
  Flask: {
    imports: ['time', 'logging'],
    lines: (app) => [
      `@${app}.before_request`,
      'def start_timer():',
      '    flask.g.started = time.perf_counter()',
      '',
      '',
      `@${app}.after_request`,
      'def log_duration(response):',
      '    milliseconds = (time.perf_counter() - flask.g.started) * 1000',
      '    logging.getLogger("requests").info("%s %s %d %.1f ms", flask.request.method, flask.request.url_rule, response.status_code, milliseconds)',
      '    return response',
    ],
  },
};

/** Logs the duration of every request, by middleware that stands right behind the application. */
export function timeRequests(framework: string, call: PythonNode, file: PythonFile): Fix | undefined {
  const made = Object.hasOwn(MIDDLEWARE, framework) ? MIDDLEWARE[framework] : undefined;
  const statement = call.parent;
  const target = simpleAssignment(statement)?.target;
  if (made === undefined || target?.kind !== 'VariableName' || statement?.parent?.kind !== 'Script') return undefined;
  if (/\b(?:log_duration|start_timer)\b/.test(file.text)) return undefined;
  const needed = framework === 'Flask' ? ['flask', ...made.imports] : made.imports;
  const imports = importsOf(needed, file);
  return imports && {
    title: 'Log the duration of every request',
    kind: 'suggestion',
    edits: [...imports, { start: statement.end, end: statement.end, newText: `\n\n\n${made.lines(target.text).join('\n')}` }],
    caveat: 'Each request writes one line of level INFO. Percentiles need these lines to be collected, or a histogram in their place.',
  };
}

/** The imports that are missing, above the first one; undefined where a name means something else. */
function importsOf(modules: readonly string[], file: PythonFile): readonly SpanEdit[] | undefined {
  const missing: string[] = [];
  for (const name of modules) {
    const binding = file.scopes.module.bindings.get(name)?.[0];
    if (binding === undefined) missing.push(name);
    else if (binding.kind !== 'import' || binding.member !== undefined || binding.module !== name) return undefined;
  }
  const first = file.root.children.find((child) => child.kind === 'ImportStatement' && !/^from\s+__future__/.test(child.text))!;
  return missing.length === 0 ? [] : [{ start: first.start, end: first.start, newText: `${missing.sort().map((name) => `import ${name}`).join('\n')}\n` }];
}
