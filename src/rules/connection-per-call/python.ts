import type { Match } from '../../core/rule';
import { calleeOf, isComprehension, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';
import { asksOneServer, HTTP_CLIENTS } from './oneServer';
import { hoistClient } from './pythonFix';

const POOL = 'a pool of connections';
const CONNECTION = 'a connection';

/** What connects, by its qualified name. SQLite is left out: its connection is an open file. */
const CONNECTING: Readonly<Record<string, string>> = {
  'psycopg.connect': CONNECTION, 'psycopg2.connect': CONNECTION, 'asyncpg.connect': CONNECTION, 'asyncpg.create_pool': POOL,
  'psycopg_pool.ConnectionPool': POOL, 'psycopg_pool.AsyncConnectionPool': POOL,
  'pymysql.connect': CONNECTION, 'MySQLdb.connect': CONNECTION, 'mysql.connector.connect': CONNECTION, 'aiomysql.connect': CONNECTION,
  'sqlalchemy.create_engine': POOL, 'sqlalchemy.ext.asyncio.create_async_engine': POOL,
  'redis.Redis': POOL, 'redis.StrictRedis': POOL, 'redis.from_url': POOL, 'redis.asyncio.Redis': POOL, 'redis.asyncio.from_url': POOL,
  'pymongo.MongoClient': POOL, 'pymongo.mongo_client.MongoClient': POOL, 'motor.motor_asyncio.AsyncIOMotorClient': POOL,
  'boto3.client': POOL, 'boto3.resource': POOL,
  'requests.Session': POOL, 'requests.session': POOL,
  'httpx.Client': POOL, 'httpx.AsyncClient': POOL, 'aiohttp.ClientSession': POOL,
  'elasticsearch.Elasticsearch': POOL, 'elasticsearch.AsyncElasticsearch': POOL,
  'pika.BlockingConnection': CONNECTION, 'kafka.KafkaProducer': CONNECTION,
};
const NAMES = [...new Set(Object.keys(CONNECTING).map((name) => name.slice(name.lastIndexOf('.') + 1)))];
const PACKAGES = [...new Set(Object.keys(CONNECTING).map((name) => name.slice(0, name.indexOf('.'))))];

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: NAMES,

  find(call, file): Match<Facts> | undefined {
    const owner = call.closest('FunctionDefinition');
    if (owner === undefined || !file.imports(...PACKAGES)) return undefined;
    const name = file.names.qualified(calleeOf(call));
    const opens = name !== undefined && Object.hasOwn(CONNECTING, name) ? CONNECTING[name] : undefined;
    if (opens === undefined || isSetUp(owner) || isKept(call, owner, file)) return undefined;
    if (HTTP_CLIENTS.test(name!) && !asksOneServer(call, owner, file)) return undefined;
    const loop = file.loopsAround(call)[0];
    return {
      span: call,
      facts: { created: calleeOf(call)!.text, opens, loop: loop?.label },
      size: loop && (loop.size === undefined ? { kind: 'collection', name: loop.label } : { kind: 'literal', value: loop.size }),
      confidence: dependsOnCall(call, owner, file) ? 'possible' : 'likely',
    };
  },

  fix: (match, call, file) => (match.confidence === 'likely' ? hoistClient(call, file) : undefined),
};

/** Objects create what they need, and life cycles and caches create what lasts. */
function isSetUp(owner: PythonNode): boolean {
  const name = owner.child('VariableName')?.text ?? '';
  const decorators = owner.parent?.kind === 'DecoratedStatement' ? owner.parent.children.filter(({ kind }) => kind === 'Decorator').map(({ text }) => text).join(' ') : '';
  return /^(?:__init__|__new__|__enter__|__aenter__|lifespan|startup|on_startup|setup|connect|ready)$/.test(name) || /cache|fixture|lifespan|on_event|contextmanager|property|startup/i.test(decorators);
}

/** Somebody outside of the call holds it afterwards: it is returned, yielded, or stored under a name that outlives the call. */
function isKept(call: PythonNode, owner: PythonNode, file: PythonFile): boolean {
  for (let at: PythonNode | undefined = call; at !== undefined && at !== owner; at = at.parent) {
    // `Client().get(url)` is used on the spot.
    if (memberOf(at.parent)?.object === at) return false;
    if (at.kind === 'ReturnStatement' || at.kind === 'YieldStatement' || at.kind === 'LambdaExpression' || isComprehension(at)) return true;
    const assignment = simpleAssignment(at);
    if (assignment) return assignment.target.kind !== 'VariableName' || outlives(assignment.target, owner, file);
    if (at.kind === 'AssignStatement') return true;
  }
  return false;
}

/** A global, a name that is returned, stored elsewhere, or read by a function inside. */
function outlives(target: PythonNode, owner: PythonNode, file: PythonFile): boolean {
  if (owner.descendants('ScopeStatement').some(({ text }) => new RegExp(`\\b${target.text}\\b`).test(text))) return true;
  return file.usesOf(target.text).some((use) => {
    if (!owner.contains(use)) return false;
    const { parent } = use;
    if (use.closest('FunctionDefinition') !== owner) return true;
    if (parent?.kind === 'ReturnStatement' || parent?.kind === 'YieldStatement') return true;
    return parent?.kind === 'AssignStatement' && parent.lastChild === use;
  });
}

/** Its arguments read a parameter or a local name, such as a tenant's address. */
export function dependsOnCall(call: PythonNode, owner: PythonNode, file: PythonFile): boolean {
  const list = call.child('ArgList');
  return (list?.descendants('VariableName') ?? []).some((name) => {
    const binding = file.scopes.resolve(name.text, name)?.bindings[0];
    return binding !== undefined && (name.text === 'self' || owner.contains(binding.node)) && !list!.contains(binding.node);
  });
}
