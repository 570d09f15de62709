import { ts } from 'ts-morph';
import type { HeatSignal } from '../../core/facts';
import type { TypeScriptFile } from './file';
import type { NamedFunction } from './functions';
import { destructures, registrationOf } from './handlers';
import { nameText, type FunctionNode } from './nodes';
import { isDirective, startsWith } from './surroundings';

const Kind = ts.SyntaxKind;

const KAFKA = /^kafkajs$/;
const TRIGGER = /^@trigger\.dev\//;
const GRAPHQL = /graphql|apollo/;
const {
  canHaveModifiers, getDecorators, getModifiers, isBlock, isCallExpression, isClassLike, isExportAssignment,
  isIdentifier, isMethodDeclaration, isObjectLiteralExpression, isPropertyAssignment, isQualifiedName,
  isTypeReferenceNode, isVariableDeclaration,
} = ts;

/** Types of a handler's first parameter, in the frameworks that have one for it. */
const HANDLER_TYPES = /^(?:Request|NextRequest|NextApiRequest|NextApiResponse|FastifyRequest|FastifyReply|Context|ParameterizedContext|KoaContext|APIContext|IncomingMessage|ServerResponse|H3Event|RequestEvent|(?:Authenticated)?MedusaRequest|PayloadRequest|APIGatewayProxyEvent(?:V2)?|APIGatewayEvent|ALBEvent|SQSEvent|SNSEvent|S3Event|KinesisStreamEvent|DynamoDBStreamEvent|EventBridgeEvent|LoaderFunctionArgs|ActionFunctionArgs|LoaderArgs|ActionArgs|GetServerSidePropsContext|Job|ConsumeMessage|EachMessagePayload)$/;
/** Types of that list that other code uses too; they count with an import from one of these modules. */
const AMBIGUOUS_TYPES: Readonly<Record<string, RegExp>> = {
  Context: /^(?:koa|hono|elysia|grammy|telegraf)(?:$|\/)/,
  Job: /^(?:bullmq|bull|pg-boss)$/,
};
const HTTP_EXPORTS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const PAGE_EXPORTS = new Set(['getServerSideProps', 'loader', 'action']);
const ROUTE_DECORATORS = new Set([
  'Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Sse', 'Query', 'Mutation', 'ResolveField', 'FieldResolver', 'ResolveReference', 'Subscription',
  'MessagePattern', 'EventPattern', 'GrpcMethod', 'SubscribeMessage', 'Process', 'OnEvent', 'RabbitSubscribe', 'SqsMessageHandler',
]);

const hot = (reason: string): HeatSignal => ({ heat: 'hot', reason });

/** Why a function is hot by its own file: it answers requests, messages or jobs. */
export function heatSignal(named: NamedFunction, file: TypeScriptFile): HeatSignal | undefined {
  return (
    registeredSignal(named.node, file) ??
    exportSignal(named, file) ??
    decoratorSignal(named.node) ??
    consumerSignal(named, file) ??
    resolverSignal(named, file) ??
    (takesRequest(named.node, file) ? hot('request handler') : undefined)
  );
}

function registeredSignal(node: FunctionNode, file: TypeScriptFile): HeatSignal | undefined {
  const registration = registrationOf(node);
  if (!registration || (registration.module && !file.importsFrom(registration.module))) return undefined;
  return hot(registration.reason);
}

/** What frameworks find by the file's place and the export's name. */
function exportSignal({ name, declaration, node }: NamedFunction, file: TypeScriptFile): HeatSignal | undefined {
  const route = HTTP_EXPORTS.has(name) ? routeOfFile(file.path) : undefined;
  if (route !== undefined) return hot(`route handler ${name} ${route}`);
  const exported = isExported(declaration);
  if (PAGE_EXPORTS.has(name) && exported) return hot(`${name} runs on every request`);
  if (name === 'load' && exported && /(?:^|\/)\+(?:page|layout)\.server\.[jt]s$/.test(file.path)) return hot('load runs on every request');
  // Each export of a file that begins with 'use server' may be called by a client.
  if ((exported && startsWith(file, 'use server')) || hasDirective(node, 'use server')) return hot('server action');
  const page = pageReason(file);
  if (page !== undefined && (name === 'default' || hasModifier(declaration, Kind.DefaultKeyword) || isDefaultExport(name, file))) return hot(page);
  if (name === 'handler' && exported && node.parameters.some(({ name: parameter }) => parameter.getText() === 'event')) return hot('function handler');
  return undefined;
}

/** "/api/orders/[id]" of `src/app/api/(shop)/orders/[id]/route.ts`: a folder in brackets groups files and is no part of the path. */
function routeOfFile(path: string): string | undefined {
  const folders = /^(.*?)\/?(?:\+server|route)\.[cm]?[jt]sx?$/.exec(path)?.[1]?.split('/');
  if (folders === undefined) return undefined;
  const root = Math.max(folders.lastIndexOf('app'), folders.lastIndexOf('routes'));
  return `/${folders.slice(root + 1).filter((folder) => !/^\(.*\)$/.test(folder)).join('/')}`;
}

/** What the default export of a file is to Next.js, by the file's place. */
function pageReason(file: TypeScriptFile): string | undefined {
  if (/(?:^|\/)pages\/api\//.test(file.path)) return 'API route';
  const isPage = /(?:^|\/)app\/(?:.*\/)?(?:page|layout|template|default)\.[jt]sx?$/.test(file.path);
  return isPage && !startsWith(file, 'use client') ? 'rendered on the server for a request' : undefined;
}

function isExported(declaration: ts.Node): boolean {
  return hasModifier(declaration, Kind.ExportKeyword) || isExportAssignment(declaration);
}

function hasModifier(declaration: ts.Node, kind: ts.SyntaxKind): boolean {
  return canHaveModifiers(declaration) && (getModifiers(declaration) ?? []).some((modifier) => modifier.kind === kind);
}

/** `export default handler;` below the function. */
function isDefaultExport(name: string, file: TypeScriptFile): boolean {
  return file.source.statements.some((statement) => isExportAssignment(statement) && isIdentifier(statement.expression) && statement.expression.text === name);
}

function hasDirective(node: FunctionNode, directive: string): boolean {
  return node.body !== undefined && isBlock(node.body) && isDirective(node.body.statements[0], directive);
}

function decoratorSignal(node: FunctionNode): HeatSignal | undefined {
  if (!isMethodDeclaration(node)) return undefined;
  const decorator = decoratorNames(node).find((name) => ROUTE_DECORATORS.has(name));
  return decorator === undefined ? undefined : hot(`@${decorator} handler`);
}

function decoratorNames(node: ts.HasDecorators): string[] {
  return (getDecorators(node) ?? []).flatMap(({ expression }) => {
    const called = isCallExpression(expression) ? expression.expression : expression;
    return isIdentifier(called) ? [called.text] : [];
  });
}

/** `process` of a NestJS processor, `eachMessage` of KafkaJS, `fetch` and `queue` of a worker at the edge, `run` of a task. */
function consumerSignal({ node, name }: NamedFunction, file: TypeScriptFile): HeatSignal | undefined {
  if (name === 'process' && isClassLike(node.parent)) {
    const extendsHost = node.parent.heritageClauses?.some((clause) => /\bWorkerHost\b/.test(clause.getText())) ?? false;
    return extendsHost ? hot('runs for each job of a queue') : undefined;
  }
  if ((name === 'eachMessage' || name === 'eachBatch') && file.importsFrom(KAFKA)) return hot('runs for each message of a queue');
  if (name === 'run' && file.importsFrom(TRIGGER)) return hot('runs for each job of a queue');
  const isWorkerExport = isMethodDeclaration(node) && isObjectLiteralExpression(node.parent) && isExportAssignment(node.parent.parent);
  if (isWorkerExport && (name === 'fetch' || name === 'queue')) return hot('request handler');
  return undefined;
}

/** `Query: { orders: (parent, args, context) => … }`, as Apollo and its kin take resolvers. */
function resolverSignal({ node }: NamedFunction, file: TypeScriptFile): HeatSignal | undefined {
  const member = isMethodDeclaration(node) ? node : node.parent;
  if (!isMethodDeclaration(member) && !isPropertyAssignment(member)) return undefined;
  const object = member.parent;
  if (!isObjectLiteralExpression(object)) return undefined;
  const holder = object.parent;
  const key = isPropertyAssignment(holder) ? nameText(holder.name) : isVariableDeclaration(holder) && isIdentifier(holder.name) ? holder.name.text : undefined;
  const isRoot = key !== undefined && /^(?:Query|Mutation|Subscription)$/.test(key);
  const [, , context] = node.parameters;
  const isField = context !== undefined && isIdentifier(context.name) && /^_?(?:ctx|context)$/.test(context.name.text) && file.importsFrom(GRAPHQL);
  return isRoot || isField ? hot('GraphQL resolver') : undefined;
}

function takesRequest(node: FunctionNode, file: TypeScriptFile): boolean {
  const [first, second] = node.parameters;
  if (!first) return false;
  const type = handlerType(first.type);
  if (type !== undefined && isHandlerType(type, file)) return true;
  const names = [first, second].map((parameter) => (parameter && isIdentifier(parameter.name) ? nameText(parameter.name) : undefined));
  if (/^_?(?:req|request)$/.test(names[0] ?? '') && /^_?(?:res|response|reply)$/.test(names[1] ?? '')) return true;
  return destructures(node, /^(?:req|request)$/) && destructures(node, /^(?:res|response|reply|params)$/);
}

/** The name of a type, without its namespace: `Context` of `Koa.Context`, `LoaderArgs` of `Route.LoaderArgs`. */
function handlerType(type: ts.TypeNode | undefined): string | undefined {
  if (!type || !isTypeReferenceNode(type)) return undefined;
  return isQualifiedName(type.typeName) ? type.typeName.right.text : type.typeName.text;
}

function isHandlerType(type: string, file: TypeScriptFile): boolean {
  if (!HANDLER_TYPES.test(type)) return false;
  const modules = Object.hasOwn(AMBIGUOUS_TYPES, type) ? AMBIGUOUS_TYPES[type] : undefined;
  return modules === undefined || file.importsFrom(modules);
}
