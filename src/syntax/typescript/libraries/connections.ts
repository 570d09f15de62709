import type { Origin } from '../origin';

/** What making a client brings along, and how to share one. */
export interface Connection {
  readonly opens: string;
  readonly instead: string;
  /** Making one may be right here: each has settings or a lifetime of its own more often than not. */
  readonly isDoubtful?: boolean;
}

const connection = (opens: string, instead: string, isDoubtful?: boolean): Connection => ({ opens, instead, isDoubtful });
const POOL = 'a connection pool';
const SOCKET = 'a connection';

/** Module -> export -> what constructing or calling it opens. Clients that share sockets through a global agent are left out. */
const CONNECTIONS: Readonly<Record<string, Readonly<Record<string, Connection>>>> = {
  '@prisma/client': { PrismaClient: connection(`an engine and ${POOL}`, 'one PrismaClient') },
  pg: { Pool: connection(POOL, 'one Pool'), Client: connection(SOCKET, 'one Pool') },
  postgres: { default: connection(POOL, 'one instance') },
  mysql: { createPool: connection(POOL, 'one pool'), createConnection: connection(SOCKET, 'one pool') },
  mysql2: { createPool: connection(POOL, 'one pool'), createConnection: connection(SOCKET, 'one pool') },
  'mysql2/promise': { createPool: connection(POOL, 'one pool'), createConnection: connection(SOCKET, 'one pool') },
  mongodb: { MongoClient: connection(POOL, 'one MongoClient') },
  mongoose: { createConnection: connection(POOL, 'one connection') },
  typeorm: { DataSource: connection(POOL, 'one DataSource') },
  sequelize: { Sequelize: connection(POOL, 'one Sequelize') },
  'sequelize-typescript': { Sequelize: connection(POOL, 'one Sequelize') },
  knex: { knex: connection(POOL, 'one knex instance'), default: connection(POOL, 'one knex instance') },
  '@clickhouse/client': { createClient: connection(POOL, 'one client') },
  redis: { createClient: connection(SOCKET, 'one client') },
  ioredis: { default: connection(SOCKET, 'one client'), Redis: connection(SOCKET, 'one client'), Cluster: connection('connections', 'one client') },
  bullmq: { Queue: connection('a Redis connection', 'one Queue'), QueueEvents: connection('a Redis connection', 'one QueueEvents') },
  bull: { default: connection('Redis connections', 'one queue') },
  amqplib: { connect: connection(SOCKET, 'one connection') },
  kafkajs: { Kafka: connection('broker connections', 'one client', true) },
  nodemailer: { createTransport: connection('an SMTP connection for each mail', 'one transport with pool: true', true) },
  undici: { Agent: connection('sockets that nobody uses again', 'one Agent', true), Pool: connection(POOL, 'one Pool'), ProxyAgent: connection('sockets that nobody uses again', 'one ProxyAgent', true) },
  http: { Agent: connection('sockets that nobody uses again', 'one Agent', true) },
  https: { Agent: connection('sockets that nobody uses again', 'one Agent', true) },
  puppeteer: { launch: connection('a browser', 'one browser, and open a page for each call') },
  'puppeteer-core': { launch: connection('a browser', 'one browser, and open a page for each call') },
  playwright: { launch: connection('a browser', 'one browser, and open a context for each call') },
  'playwright-core': { launch: connection('a browser', 'one browser, and open a context for each call') },
  '@google-cloud/storage': { Storage: connection('a connection and a token', 'one Storage client') },
  '@google-cloud/pubsub': { PubSub: connection('a connection and a token', 'one PubSub client') },
};

const AWS_CLIENT = '@aws-sdk/client-';
const AWS: Connection = connection('TLS connections of its own', 'one client');

export const CONNECTION_MODULES = new RegExp(
  `^(?:node:)?(?:${Object.keys(CONNECTIONS).map((name) => name.replace(/[/.]/g, '\\$&')).join('|')}|${AWS_CLIENT}.*)$`,
);

/** What a call or construction of this origin opens; undefined where it is no client. */
export function connectionOf({ module, name, path }: Origin, isNew: boolean): Connection | undefined {
  const made = path.length > 0 ? path[path.length - 1]! : name;
  if (module.startsWith(AWS_CLIENT)) return isNew && /^[A-Z]\w*(?:Client)?$/.test(made) && !/Command$/.test(made) ? AWS : undefined;
  const exports = CONNECTIONS[module.replace(/^node:/, '')];
  const found = exports && Object.hasOwn(exports, made) ? exports[made] : undefined;
  // A class is constructed and a function called; the default export of ioredis and bull is a class.
  const isClass = /^[A-Z]/.test(made) || (made === 'default' && (module === 'ioredis' || module === 'bull'));
  return found && isClass === isNew ? found : undefined;
}
