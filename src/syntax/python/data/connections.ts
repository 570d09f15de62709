/** What making a client brings along, and how to share one. */
export interface Connection {
  readonly opens: string;
  readonly instead: string;
  /** An HTTP client, which gains from being shared only where the calls go to one host. */
  readonly isHttp?: boolean;
}

const POOL = 'a connection pool';
const SOCKET = 'a connection';

/** By qualified name. Clients that open nothing of their own are left out; so is sqlite3, whose connection is an open file. */
const CONNECTIONS: Readonly<Record<string, Connection>> = {
  'requests.Session': { opens: POOL, instead: 'one Session', isHttp: true },
  'requests.session': { opens: POOL, instead: 'one Session', isHttp: true },
  'httpx.Client': { opens: `${POOL} and loads the certificates`, instead: 'one Client', isHttp: true },
  'httpx.AsyncClient': { opens: `${POOL} and loads the certificates`, instead: 'one AsyncClient', isHttp: true },
  'aiohttp.ClientSession': { opens: POOL, instead: 'one ClientSession', isHttp: true },
  'urllib3.PoolManager': { opens: POOL, instead: 'one PoolManager', isHttp: true },
  'boto3.client': { opens: `${POOL} and parses the description of the service`, instead: 'one client' },
  'boto3.resource': { opens: `${POOL} and parses the description of the service`, instead: 'one resource' },
  'boto3.Session': { opens: POOL, instead: 'one session' },
  'openai.OpenAI': { opens: POOL, instead: 'one client' },
  'openai.AsyncOpenAI': { opens: POOL, instead: 'one client' },
  'anthropic.Anthropic': { opens: POOL, instead: 'one client' },
  'anthropic.AsyncAnthropic': { opens: POOL, instead: 'one client' },
  'psycopg2.connect': { opens: SOCKET, instead: 'one pool' },
  'psycopg.connect': { opens: SOCKET, instead: 'one pool' },
  'psycopg.AsyncConnection.connect': { opens: SOCKET, instead: 'one pool' },
  'asyncpg.connect': { opens: SOCKET, instead: 'one pool' },
  'asyncpg.create_pool': { opens: POOL, instead: 'one pool' },
  'pymysql.connect': { opens: SOCKET, instead: 'one pool' },
  'aiomysql.connect': { opens: SOCKET, instead: 'one pool' },
  'aiomysql.create_pool': { opens: POOL, instead: 'one pool' },
  'mysql.connector.connect': { opens: SOCKET, instead: 'one pool' },
  'pyodbc.connect': { opens: SOCKET, instead: 'one pool' },
  'oracledb.connect': { opens: SOCKET, instead: 'one pool' },
  'pymongo.MongoClient': { opens: POOL, instead: 'one MongoClient' },
  'motor.motor_asyncio.AsyncIOMotorClient': { opens: POOL, instead: 'one client' },
  'sqlalchemy.create_engine': { opens: POOL, instead: 'one engine' },
  'sqlalchemy.ext.asyncio.create_async_engine': { opens: POOL, instead: 'one engine' },
  'redis.Redis': { opens: POOL, instead: 'one client' },
  'redis.StrictRedis': { opens: POOL, instead: 'one client' },
  'redis.from_url': { opens: POOL, instead: 'one client' },
  'redis.Redis.from_url': { opens: POOL, instead: 'one client' },
  'redis.asyncio.Redis': { opens: POOL, instead: 'one client' },
  'redis.asyncio.from_url': { opens: POOL, instead: 'one client' },
  'elasticsearch.Elasticsearch': { opens: POOL, instead: 'one client' },
  'elasticsearch.AsyncElasticsearch': { opens: POOL, instead: 'one client' },
  'opensearchpy.OpenSearch': { opens: POOL, instead: 'one client' },
  'google.cloud.storage.Client': { opens: 'a connection and a token', instead: 'one client' },
  'google.cloud.bigquery.Client': { opens: 'a connection and a token', instead: 'one client' },
  'kafka.KafkaProducer': { opens: 'broker connections', instead: 'one producer' },
  'pika.BlockingConnection': { opens: SOCKET, instead: 'one connection' },
};

/** The last names of all of these, to be asked first. */
export const CONNECTION_NAMES: ReadonlySet<string> = new Set(Object.keys(CONNECTIONS).map((name) => name.slice(name.lastIndexOf('.') + 1)));

export function connectionOf(qualified: string): Connection | undefined {
  return Object.hasOwn(CONNECTIONS, qualified) ? CONNECTIONS[qualified] : undefined;
}
