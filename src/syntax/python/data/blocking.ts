import { argumentAt, calleeOf, memberOf, outerParent } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import type { DataAccess } from './access';

/** A call that keeps its thread, and with it an event loop, until it is done. */
export interface BlockingCall {
  readonly kind: 'process' | 'hash' | 'network' | 'database' | 'sleep' | 'file';
  /** As messages name it: "time.sleep", "requests". */
  readonly what: string;
  readonly instead: string;
}

const THREAD = 'asyncio.to_thread()';

/** Functions by qualified name. */
const FUNCTIONS: Readonly<Record<string, BlockingCall>> = Object.fromEntries(
  [
    ...entries('sleep', 'asyncio.sleep()', 'time.sleep'),
    ...entries('process', 'asyncio.create_subprocess_exec()', 'subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.getoutput subprocess.getstatusoutput os.system'),
    ...entries('hash', THREAD, 'bcrypt.hashpw bcrypt.checkpw hashlib.pbkdf2_hmac hashlib.scrypt'),
    ...entries('file', THREAD, 'shutil.copytree shutil.rmtree shutil.make_archive shutil.unpack_archive shutil.copyfileobj shutil.copyfile'),
    ...entries('network', THREAD, 'socket.getaddrinfo socket.gethostbyname socket.create_connection ftplib.FTP'),
  ].map((entry) => [entry.what, entry]),
);

function entries(kind: BlockingCall['kind'], instead: string, names: string): BlockingCall[] {
  return names.split(' ').map((what) => ({ kind, what, instead }));
}

const FUNCTION_NAMES: ReadonlySet<string> = new Set(Object.keys(FUNCTIONS).map((name) => name.slice(name.lastIndexOf('.') + 1)));

/** Drivers whose calls wait for an answer. SQLite's answer comes from this machine, as a rule at once. */
const SYNC_DATABASES = /^(?:sqlalchemy|psycopg2?|pymysql|MySQLdb|mysql|mariadb|pyodbc|cx_Oracle|oracledb|snowflake|pymongo)$/;
const ASYNC_TWINS: Readonly<Record<string, string>> = {
  requests: 'httpx.AsyncClient', urllib: 'httpx.AsyncClient', httpx: 'httpx.AsyncClient', OpenAI: 'AsyncOpenAI', Anthropic: 'AsyncAnthropic',
  Slack: 'AsyncWebClient', sqlalchemy: 'an AsyncSession', pymongo: 'AsyncMongoClient', boto3: 'aioboto3',
};

/**
 * What blocks, judged by the function or by what is known of its receiver.
 * @param access what the call does outside the process, where that was asked already
 */
export function blockingCall(call: PythonNode, access: DataAccess | undefined, file: PythonFile): BlockingCall | undefined {
  if (access !== undefined) return blockingAccess(call, access, file);
  if (!FUNCTION_NAMES.has(call.calledName)) return undefined;
  const qualified = file.names.qualified(calleeOf(call));
  return qualified !== undefined && Object.hasOwn(FUNCTIONS, qualified) ? FUNCTIONS[qualified] : undefined;
}

function blockingAccess(call: PythonNode, { kind, library, verb }: DataAccess, file: PythonFile): BlockingCall | undefined {
  if (kind === 'file' || kind === 'block' || isAwaited(call) || isAsyncLibrary(call, library, verb, file)) return undefined;
  if (kind === 'request') return { kind: 'network', what: library, instead: `${ASYNC_TWINS[library] ?? 'a client that is awaited'}, or ${THREAD}` };
  // A commit or a query of an asynchronous session would be awaited; a lazy query that is only built waits for nothing.
  if (!SYNC_DATABASES.test(library) || !knownSync(call, file)) return undefined;
  return { kind: 'database', what: library, instead: `${ASYNC_TWINS[library] ?? 'an asynchronous driver'}, or ${THREAD}` };
}

function isAsyncLibrary(call: PythonNode, library: string, verb: string, file: PythonFile): boolean {
  if (library === 'aiohttp' || /_async$|^a(?:create|completion|embedding|get)$/.test(verb)) return true;
  const owner = memberOf(calleeOf(call))?.object;
  return owner !== undefined && file.valueOf(owner)?.isAsync === true;
}

/** The receiver's kind is known and not asynchronous. */
function knownSync(call: PythonNode, file: PythonFile): boolean {
  const owner = memberOf(calleeOf(call))?.object;
  const value = owner && file.valueOf(owner);
  if (value === undefined || value.isAsync === true) return false;
  return value.kind === 'session' || value.kind === 'connection' || value.kind === 'cursor' || value.kind === 'documents' || value.kind === 'queryset';
}

/** Awaited itself, handed on to be awaited (gather, wait_for), or entered by `async with`. */
export function isAwaited(call: PythonNode): boolean {
  const parent = outerParent(call);
  if (parent?.kind === 'AwaitExpression') return true;
  if (parent?.kind === 'WithStatement' || parent?.kind === 'ForStatement') return parent.firstChild?.kind === 'async';
  const taker = parent?.kind === 'ArgList' ? parent.parent : undefined;
  return taker !== undefined && /^(?:gather|wait|wait_for|shield|create_task|ensure_future|as_completed|run_until_complete|run_coroutine_threadsafe)$/.test(taker.calledName) && argumentAt(taker, 0) !== undefined;
}
