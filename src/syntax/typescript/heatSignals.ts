import { ts } from 'ts-morph';
import type { HeatSignal } from '../../core/facts';
import type { TypeScriptFile } from './file';
import { nameText, type FunctionNode } from './nodes';
import type { NamedFunction } from './functions';

const Kind = ts.SyntaxKind;
const {
  canHaveModifiers, getDecorators, getModifiers, isCallExpression, isIdentifier, isMethodDeclaration,
  isTypeReferenceNode,
} = ts;

const HANDLER_TYPES = /^(?:Request|Response|NextRequest|NextApiRequest|NextApiResponse|FastifyRequest|FastifyReply|Context|IncomingMessage|ServerResponse|APIGatewayProxyEvent|APIGatewayEvent|LoaderFunctionArgs|ActionFunctionArgs|GetServerSidePropsContext)$/;
const HTTP_EXPORTS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const PAGE_EXPORTS = new Set(['getServerSideProps', 'loader', 'action']);
const ROUTE_DECORATORS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Query', 'Mutation', 'ResolveField', 'Subscription', 'MessagePattern', 'EventPattern', 'Process']);

/** Why a function is hot by its own file: it answers requests. */
export function heatSignal(named: NamedFunction, file: TypeScriptFile): HeatSignal | undefined {
  const { node, name } = named;
  if (/^(?:GET|POST|PUT|PATCH|DELETE|ALL|OPTIONS|HEAD) \//.test(name)) return { heat: 'hot', reason: `route handler ${name}` };
  if (HTTP_EXPORTS.has(name) && /(?:^|\/)route\.[cm]?[jt]sx?$/.test(file.path)) return { heat: 'hot', reason: `route handler ${name}` };
  if (PAGE_EXPORTS.has(name) && isExported(named.declaration)) return { heat: 'hot', reason: `${name} runs on every request` };
  const decorator = decoratorOf(node);
  if (decorator) return { heat: 'hot', reason: `@${decorator} handler` };
  if (takesRequest(node)) return { heat: 'hot', reason: 'request handler' };
  return undefined;
}

function isExported(declaration: ts.Node): boolean {
  return canHaveModifiers(declaration) && (getModifiers(declaration) ?? []).some((modifier) => modifier.kind === Kind.ExportKeyword);
}

function decoratorOf(node: FunctionNode): string | undefined {
  if (!isMethodDeclaration(node)) return undefined;
  for (const decorator of getDecorators(node) ?? []) {
    const called = isCallExpression(decorator.expression) ? decorator.expression.expression : decorator.expression;
    if (isIdentifier(called) && ROUTE_DECORATORS.has(called.text)) return called.text;
  }
  return undefined;
}

function takesRequest(node: FunctionNode): boolean {
  const [first, second] = node.parameters;
  if (!first) return false;
  const type = first.type && isTypeReferenceNode(first.type) && isIdentifier(first.type.typeName) ? first.type.typeName.text : undefined;
  if (type && HANDLER_TYPES.test(type)) return true;
  const names = [first, second].map((parameter) => (parameter && isIdentifier(parameter.name) ? nameText(parameter.name) : undefined));
  return /^_?(?:req|request)$/.test(names[0] ?? '') && /^_?(?:res|response|reply)$/.test(names[1] ?? '');
}
