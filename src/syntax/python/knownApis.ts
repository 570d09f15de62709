import { SDK_CLIENTS } from './data/sdks';
import { BYTES, DICT, ITERATOR, LIST, NUMBER, SET, STR, TUPLE, type Value } from './values';

/** DB-API drivers and their asynchronous relatives, by the root of the module's name. */
const DRIVERS: ReadonlySet<string> = new Set([
  'sqlite3', 'psycopg', 'psycopg2', 'psycopg_pool', 'asyncpg', 'aiosqlite', 'aiomysql', 'aiopg', 'MySQLdb', 'pymysql',
  'mysql', 'mariadb', 'pyodbc', 'cx_Oracle', 'oracledb', 'duckdb', 'snowflake',
]);
const ASYNC_DRIVERS: ReadonlySet<string> = new Set(['asyncpg', 'aiosqlite', 'aiomysql', 'aiopg']);
const CONNECTIONS = /^(?:connect|create_pool|(?:async)?connection|(?:async|threaded|simple)?(?:connection)?pool)$/i;
const CURSORS = /cursor$/i;

const DOCUMENT_CLIENTS: ReadonlySet<string> = new Set([
  'pymongo.MongoClient', 'pymongo.AsyncMongoClient', 'pymongo.mongo_client.MongoClient', 'pymongo.collection.Collection',
  'pymongo.database.Database', 'motor.motor_asyncio.AsyncIOMotorClient', 'motor.motor_asyncio.AsyncIOMotorCollection',
]);

const client = (library: string, isAsync = false): Value => ({ kind: 'client', library, isAsync: isAsync || undefined });
const statement = (verb: Value['verb']): Value => ({ kind: 'statement', library: 'sqlalchemy', verb });
const FILE: Value = { kind: 'file' };
const PATH: Value = { kind: 'path' };
const DATAFRAME: Value = { kind: 'dataframe' };
const ARRAY: Value = { kind: 'array' };

/** What a call of these yields; for classes also what an annotation with them means. */
const RESULTS: Readonly<Record<string, Value>> = {
  'builtins.list': LIST,
  'builtins.sorted': LIST,
  'builtins.dir': LIST,
  'builtins.tuple': TUPLE,
  'builtins.set': SET,
  'builtins.frozenset': SET,
  'builtins.dict': DICT,
  'builtins.str': STR,
  'builtins.repr': STR,
  'builtins.bytes': BYTES,
  'builtins.int': NUMBER,
  'builtins.float': NUMBER,
  'builtins.len': NUMBER,
  'builtins.range': { kind: 'range' },
  'builtins.map': ITERATOR,
  'builtins.filter': ITERATOR,
  'builtins.zip': ITERATOR,
  'builtins.enumerate': ITERATOR,
  'builtins.reversed': ITERATOR,
  'builtins.iter': ITERATOR,
  'builtins.open': FILE,
  'typing.IO': FILE,
  'typing.TextIO': FILE,
  'typing.BinaryIO': FILE,
  'io.TextIOWrapper': FILE,
  'typing.List': LIST,
  'typing.Sequence': LIST,
  'typing.MutableSequence': LIST,
  'collections.abc.Sequence': LIST,
  'collections.abc.MutableSequence': LIST,
  'typing.Tuple': TUPLE,
  'typing.Set': SET,
  'typing.FrozenSet': SET,
  'typing.AbstractSet': SET,
  'collections.abc.Set': SET,
  'typing.Dict': DICT,
  'typing.Mapping': DICT,
  'collections.abc.Mapping': DICT,
  'collections.deque': { kind: 'deque' },
  'collections.defaultdict': DICT,
  'collections.OrderedDict': DICT,
  'collections.Counter': DICT,
  'os.listdir': LIST,
  'glob.glob': LIST,
  'fnmatch.filter': LIST,
  're.findall': LIST,
  're.split': LIST,
  'shlex.split': LIST,
  'random.sample': LIST,
  'json.dumps': STR,
  'os.path.join': STR,
  'io.open': FILE,
  'codecs.open': FILE,
  'gzip.open': FILE,
  'bz2.open': FILE,
  'lzma.open': FILE,
  'os.fdopen': FILE,
  'aiofiles.open': { kind: 'file', isAsync: true },
  'pathlib.Path': PATH,
  'pathlib.PosixPath': PATH,
  'pandas.DataFrame': DATAFRAME,
  'pandas.concat': DATAFRAME,
  'pandas.read_csv': DATAFRAME,
  'pandas.read_sql': DATAFRAME,
  'pandas.read_parquet': DATAFRAME,
  'pandas.read_excel': DATAFRAME,
  'numpy.array': ARRAY,
  'numpy.zeros': ARRAY,
  'numpy.ones': ARRAY,
  'numpy.empty': ARRAY,
  'numpy.arange': ARRAY,
  'numpy.ndarray': ARRAY,
  'requests.Session': client('requests'),
  'requests.session': client('requests'),
  'httpx.Client': client('httpx'),
  'httpx.AsyncClient': client('httpx', true),
  'aiohttp.ClientSession': client('aiohttp', true),
  'boto3.client': client('boto3'),
  'boto3.resource': client('boto3'),
  'boto3.Session': client('boto3'),
  'boto3.session.Session': client('boto3'),
  ...SDK_CLIENTS,
  'flask_sqlalchemy.SQLAlchemy': { kind: 'engine', library: 'sqlalchemy' },
  'sqlalchemy.text': { kind: 'statement', library: 'sqlalchemy' },
  'django.contrib.auth.get_user_model': { kind: 'model', library: 'django', table: 'User', reference: { kind: 'local', name: 'AUTH_USER_MODEL' } },
};

const SQLALCHEMY_MODULES: ReadonlySet<string> = new Set(['sqlalchemy', 'sqlmodel', 'flask_sqlalchemy']);
const STATEMENTS: Readonly<Record<string, Value>> = {
  select: statement('select'),
  insert: statement('insert'),
  update: statement('update'),
  delete: statement('delete'),
};

/** The value that calling the function or class of this qualified name yields, e.g. "sqlite3.connect". */
export function resultOf(qualified: string): Value | undefined {
  const found = Object.hasOwn(RESULTS, qualified) ? RESULTS[qualified] : undefined;
  if (found !== undefined) return found;
  const dot = qualified.indexOf('.');
  const root = dot < 0 ? qualified : qualified.slice(0, dot);
  const last = qualified.slice(qualified.lastIndexOf('.') + 1);
  if (DRIVERS.has(root)) return driverResult(root, last);
  if (SQLALCHEMY_MODULES.has(root)) return sqlAlchemyResult(qualified, last);
  if (DOCUMENT_CLIENTS.has(qualified)) {
    return { kind: 'documents', library: 'pymongo', isAsync: /async/i.test(last) || undefined };
  }
  return undefined;
}

function driverResult(root: string, last: string): Value | undefined {
  const isAsync = ASYNC_DRIVERS.has(root) || /^async/i.test(last) || undefined;
  const library = root === 'psycopg_pool' ? 'psycopg' : root;
  if (CURSORS.test(last)) return { kind: 'cursor', library, isAsync };
  return CONNECTIONS.test(last) ? { kind: 'connection', library, isAsync } : undefined;
}

function sqlAlchemyResult(qualified: string, last: string): Value | undefined {
  const isAsync = qualified.includes('.asyncio') || /^async/i.test(last) || undefined;
  if (Object.hasOwn(STATEMENTS, last)) return STATEMENTS[last];
  if (/^(?:create_(?:async_)?engine|(?:Async)?Engine)$/.test(last)) return { kind: 'engine', library: 'sqlalchemy', isAsync };
  if (/^(?:Async)?Connection$/.test(last)) return { kind: 'connection', library: 'sqlalchemy', isAsync };
  // A session factory is called like a class and passed around like a session; both behave alike here.
  return /session(?:maker)?$/i.test(last) ? { kind: 'session', library: 'sqlalchemy', isAsync } : undefined;
}

const STR_METHODS: Readonly<Record<string, Value>> = {
  split: LIST,
  rsplit: LIST,
  splitlines: LIST,
  encode: BYTES,
  count: NUMBER,
  find: NUMBER,
  ...Object.fromEntries(
    ['join', 'strip', 'lstrip', 'rstrip', 'lower', 'upper', 'title', 'replace', 'format', 'removeprefix', 'removesuffix', 'casefold', 'zfill'].map(
      (name) => [name, STR],
    ),
  ),
};

const METHODS: Partial<Record<Value['kind'], Readonly<Record<string, Value>>>> = {
  str: STR_METHODS,
  bytes: { split: LIST, splitlines: LIST, decode: STR },
  list: { copy: LIST },
  set: { copy: SET, union: SET, intersection: SET, difference: SET },
  // A view answers `in` from the dictionary's hash table, like a set.
  dict: { keys: SET, items: SET, values: ITERATOR, copy: DICT },
  path: {
    open: FILE, read_text: STR, read_bytes: BYTES, iterdir: ITERATOR, glob: ITERATOR, rglob: ITERATOR,
    resolve: PATH, absolute: PATH, joinpath: PATH, with_suffix: PATH, expanduser: PATH,
  },
  file: { read: STR, readline: STR, readlines: LIST },
  cursor: { fetchall: LIST, fetchmany: LIST },
  array: { tolist: LIST, copy: ARRAY },
  dataframe: { copy: DATAFRAME, append: DATAFRAME },
};

/** What a method of a value of a known kind yields, where that does not depend on its arguments. */
export function methodResult(owner: Value, name: string): Value | undefined {
  const methods = METHODS[owner.kind];
  return methods !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** The modules that came with Python and that no project function hides behind. */
export const STANDARD_LIBRARY: ReadonlySet<string> = new Set(
  (
    '__future__ abc argparse array ast asyncio atexit base64 binascii bisect bz2 calendar cmath codecs collections colorsys concurrent ' +
    'configparser contextlib contextvars copy csv ctypes curses dataclasses datetime decimal difflib dis email enum errno fcntl fileinput ' +
    'fnmatch fractions ftplib functools gc getpass gettext glob gzip hashlib heapq hmac html http importlib inspect io ipaddress itertools ' +
    'json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap multiprocessing numbers operator os pathlib pdb pickle ' +
    'pkgutil platform plistlib pprint pwd queue random re readline resource runpy sched secrets select selectors shelve shlex shutil signal ' +
    'site smtplib socket socketserver sqlite3 ssl stat statistics string struct subprocess symtable sys sysconfig syslog tarfile tempfile ' +
    'textwrap threading time timeit tkinter token tokenize tomllib trace traceback types typing unicodedata unittest urllib uuid venv ' +
    'warnings wave weakref webbrowser xml xmlrpc zipfile zipimport zlib zoneinfo builtins typing_extensions'
  ).split(' '),
);
