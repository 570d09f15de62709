import type { HeatSignal } from '../../core/facts';
import type { PythonFile } from './file';
import { literalText } from './strings';
import type { NamedFunction } from './functions';
import { argumentsOf, calleeOf } from './expressions';
import type { PythonNode } from './node';
import { basesOf, decoratorsOf, parametersOf } from './statements';

const ROUTE_METHODS = /(?:^|\.)(?:route|get|post|put|patch|delete|head|options|api_route|websocket)$/;
const TASKS = /(?:^|\.)(?:shared_task|task|periodic_task|actor|job)$/;
const COMMANDS = /(?:^|\.)(?:command|group|cli\.command)$/;
const VIEW_DECORATORS = /(?:^|\.)(?:api_view|action|login_required|require_(?:GET|POST|safe|http_methods)|csrf_exempt|permission_required)$/;
const VIEW_BASES = /(?:View|ViewSet|Viewset|Resource|MethodView|RequestHandler|HTTPEndpoint)(?:Mixin)?$/;
const VIEW_METHODS = /^(?:get|post|put|patch|delete|head|options|list|retrieve|create|update|partial_update|destroy|dispatch|get_queryset|get_context_data|form_valid|perform_create|perform_update|get_object)$/;

const hot = (reason: string): HeatSignal => ({ heat: 'hot', reason });
const cold = (reason: string): HeatSignal => ({ heat: 'cold', reason });

/** Why a function is known to run often or rarely, from its decorators, its class and its signature. */
export function heatSignal({ node, name }: NamedFunction, file: PythonFile): HeatSignal | undefined {
  return decoratorSignal(node) ?? classSignal(node) ?? signatureSignal(node, file) ?? scriptSignal(node, name, file);
}

function decoratorSignal(node: PythonNode): HeatSignal | undefined {
  for (const { name, args } of decoratorsOf(node)) {
    const path = args && routePath(args);
    if (path !== undefined && name.includes('.') && ROUTE_METHODS.test(name)) return hot(`route handler ${path}`.trim());
    if (VIEW_DECORATORS.test(name)) return hot('request handler');
    if (TASKS.test(name)) return hot(`task @${name}`);
    if (COMMANDS.test(name)) return cold('a command is run by hand');
    if (/(?:^|\.)fixture$/.test(name)) return cold('test code');
  }
  return undefined;
}

/** The first argument where it is a path: "/orders/<id>", or "" at the root of a router. */
function routePath(args: PythonNode): string | undefined {
  const first = argumentsOf(args)[0];
  if (first === undefined || (first.name !== undefined && !/^(?:path|rule|uri)$/.test(first.name))) return undefined;
  const text = literalText(first.value);
  return text !== undefined && /^(?:$|\/|\^)/.test(text) ? text : undefined;
}

const ROUTING_CALLS = /(?:^|\.)(?:path|re_path|url|add_url_rule|add_api_route|add_route|Route|add_(?:get|post|put|patch|delete))$/;

/** The route that a call registers a view for: `path("orders/", views.list_orders)`. */
export function routeOf(call: PythonNode): string | undefined {
  if (!ROUTING_CALLS.test(calleeOf(call)!.text)) return undefined;
  const first = argumentsOf(call)[0];
  const text = first && literalText(first.value);
  return text === undefined ? undefined : `/${text.replace(/^[\^/]+/, '')}`;
}

function classSignal(node: PythonNode): HeatSignal | undefined {
  const declaration = node.closest('ClassDefinition', 'FunctionDefinition');
  if (declaration?.kind !== 'ClassDefinition') return undefined;
  const method = node.child('VariableName')!.text;
  for (const base of basesOf(declaration)) {
    const name = base.text.slice(base.text.lastIndexOf('.') + 1);
    if (VIEW_BASES.test(name) && VIEW_METHODS.test(method)) return hot('request handler');
    if (/^(?:BaseCommand|LabelCommand|AppCommand|NoArgsCommand)$/.test(name)) return cold('a management command is run by hand');
    if (name === 'Migration') return cold('a migration runs once');
    if (/TestCase$/.test(name)) return cold('test code');
    if (/Middleware(?:Mixin)?$/.test(name) && /^(?:__call__|process_\w+|dispatch)$/.test(method)) return hot('runs on every request');
  }
  return undefined;
}

/** `def detail(request, ...)` in a file of Django, or a parameter annotated as a request. */
function signatureSignal(node: PythonNode, file: PythonFile): HeatSignal | undefined {
  const [first] = parametersOf(node);
  if (first === undefined) return undefined;
  const type = first.annotation?.text ?? '';
  if (/(?:^|\.)(?:HttpRequest|WSGIRequest|ASGIRequest|Request)$/.test(type) && returnsToClient(node)) return hot('request handler');
  const isFunction = node.closest('ClassDefinition', 'FunctionDefinition') === undefined;
  return first.name.text === 'request' && isFunction && file.imports('django') && returnsToClient(node) ? hot('request handler') : undefined;
}

function returnsToClient(node: PythonNode): boolean {
  return node.descendants('ReturnStatement').some((statement) => /\b(?:render|redirect|\w*Response\w*)\s*\(/.test(statement.text));
}

function scriptSignal(node: PythonNode, name: string, file: PythonFile): HeatSignal | undefined {
  if (/(?:^|\.)test_\w+$/.test(name)) return cold('test code');
  if (isMigration(node, name, file)) return cold('a migration runs once');
  const isTopLevel = node.closest('ClassDefinition', 'FunctionDefinition') === undefined;
  return isTopLevel && file.scriptEntries.has(name) ? cold('run by hand: called under __main__') : undefined;
}

/** Alembic's two entry points, and the functions Django's RunPython calls. */
function isMigration(node: PythonNode, name: string, file: PythonFile): boolean {
  if (/^(?:up|down)grade$/.test(name)) return file.imports('alembic', 'sqlalchemy');
  return parametersOf(node).slice(0, 2).map((parameter) => parameter.name.text).join() === 'apps,schema_editor';
}
