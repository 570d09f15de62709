import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, isWithin } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { timeRequests } from './typescriptFix';

const Kind = ts.SyntaxKind;
const { isCallExpression, isIdentifier, isNewExpression, isVariableDeclaration } = ts;

interface Framework {
  readonly name: string;
  /** How the module makes an application: by a call, by `new`, or by a function of its own. */
  readonly exported: RegExp;
  readonly instead: string;
  /** What shows that the application is the one that is started, and not a part that another mounts. */
  readonly starts: RegExp;
}

const LISTENS = /\.listen\s*\(|\bcreateServer\s*\(|\bserverless\s*\(/;
const OTEL = 'Add OpenTelemetry\'s instrumentation or a histogram of durations by route and status';
const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  express: { name: 'Express', exported: /^(?:default|\*|express)$/, instead: OTEL, starts: LISTENS },
  fastify: { name: 'Fastify', exported: /^(?:default|\*|fastify|Fastify)$/, instead: 'Switch its logger on, which writes the response time, or add OpenTelemetry', starts: LISTENS },
  koa: { name: 'Koa', exported: /^(?:default|\*|Koa)$/, instead: OTEL, starts: LISTENS },
  '@nestjs/core': { name: 'NestJS', exported: /^create$/, instead: 'Add OpenTelemetry, or an interceptor that records a histogram of durations', starts: LISTENS },
  hono: { name: 'Hono', exported: /^Hono$/, instead: 'Add hono/timing or a histogram of durations by route and status', starts: /\bserve\s*\(|\bhandle\s*\(|\bfetch\s*:\s*\w+\.fetch\b|\.fire\s*\(/ },
  elysia: { name: 'Elysia', exported: /^(?:Elysia|default)$/, instead: 'Add @elysiajs/opentelemetry or @elysiajs/server-timing', starts: LISTENS },
};
const MODULES = /^(?:express|fastify|koa|@nestjs\/core|hono|elysia)$/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [Kind.CallExpression, Kind.NewExpression],
  names: ['express', 'fastify', 'Fastify', 'create'],

  find(node, file): Match<Facts> | undefined {
    const made = node as ts.CallExpression | ts.NewExpression;
    if (!file.importsFrom(MODULES)) return undefined;
    const framework = frameworkOf(made, file);
    if (framework === undefined || !framework.starts.test(file.text) || isLogged(made) || !isFirst(made, file)) return undefined;
    return { span: file.span(made), facts: { framework: framework.name, instead: framework.instead, isStarted: true } };
  },

  fix: (match, node, file) => (match.facts.framework === 'Express' ? timeRequests(node as ts.CallExpression, file) : undefined),
};

function frameworkOf(made: ts.CallExpression | ts.NewExpression, file: TypeScriptFile): Framework | undefined {
  if (isNewExpression(made) && !isIdentifier(made.expression)) return undefined;
  const origin = originOf(made.expression, file);
  const framework = origin && FRAMEWORKS[origin.module];
  if (!framework || !framework.exported.test(origin.path.at(-1) ?? origin.name) || origin.path.length > 1) return undefined;
  return framework;
}

/** Fastify's logger writes how long each response took. */
function isLogged(made: ts.CallExpression | ts.NewExpression): boolean {
  return /\blogger(?:Instance)?\b(?!\s*:\s*false)/.test(made.arguments?.[0]?.getText() ?? '');
}

/** One finding an application: a second one in the file is a part of the first. */
function isFirst(made: ts.CallExpression | ts.NewExpression, file: TypeScriptFile): boolean {
  let first: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (first) return;
    if ((isCallExpression(node) || isNewExpression(node)) && frameworkOf(node, file)) first = node;
    else ts.forEachChild(node, visit);
  };
  visit(file.source);
  return first === made;
}

/** The variable that holds the application, if the module or a set-up function declares it plainly. */
export function applicationName(made: ts.CallExpression): ts.Identifier | undefined {
  const declaration = made.parent;
  const isPlain = isVariableDeclaration(declaration) && isIdentifier(declaration.name) && declaration.initializer === made;
  return isPlain && isWithin(made, enclosingFunction(made) ?? made.getSourceFile()) ? (declaration.name as ts.Identifier) : undefined;
}
