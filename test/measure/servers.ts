/** Servers that speak as much of a database's protocol as its driver needs to be content. */
import { createServer, type Server, type Socket } from 'node:net';

export interface FakeServer {
  readonly port: number;
  close(): void;
}

function serve(onConnection: (socket: Socket) => void): Promise<FakeServer> {
  return new Promise((resolve) => {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      onConnection(socket);
    }).listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      resolve({ port, close: () => (sockets.forEach((socket) => socket.destroy()), server.close()) });
    });
  });
}

/** PostgreSQL: each statement has one row, {id: 7}, after two milliseconds. */
export function postgres(): Promise<FakeServer> {
  const message = (type: string, body = Buffer.alloc(0)) => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const columns = message('T', Buffer.concat([Buffer.from([0, 1]), Buffer.from('id\0'), Buffer.alloc(6), Buffer.from([0, 0, 0, 23, 0, 4, 255, 255, 255, 255, 0, 0])]));
  const row = Buffer.concat([message('D', Buffer.concat([Buffer.from([0, 1, 0, 0, 0, 1]), Buffer.from('7')])), message('C', Buffer.from('SELECT 1\0'))]);
  const ready = message('Z', Buffer.from('I'));
  const answers: Readonly<Record<string, readonly Buffer[]>> = { Q: [columns, row, ready], P: [message('1')], B: [message('2')], D: [columns], E: [row], S: [ready] };
  return serve((socket) => {
    let hasBegun = false;
    socket.on('data', (data) => {
      if (!hasBegun) {
        hasBegun = true;
        socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]));
        return;
      }
      const out: Buffer[] = [];
      for (let at = 0; at < data.length; at += 1 + data.readInt32BE(at + 1)) out.push(...(answers[String.fromCharCode(data[at]!)] ?? []));
      setTimeout(() => socket.write(Buffer.concat(out)), 2);
    });
  });
}

/** Redis: HELLO has its map, GET a value, all else "OK". */
export function redis(): Promise<FakeServer> {
  return serve((socket) => {
    socket.on('data', (data) => {
      for (const part of data.toString().split(/(?=\*\d+\r\n\$)/)) {
        const name = part.split('\r\n')[2]?.toUpperCase();
        const answers: Readonly<Record<string, string>> = { HELLO: '%1\r\n$6\r\nserver\r\n$5\r\nredis\r\n', GET: '$1\r\n1\r\n', INFO: '$15\r\nredis_version:7\r\n' };
        socket.write(answers[name ?? ''] ?? '+OK\r\n');
      }
    });
  });
}

interface Bson {
  serialize(value: object): Uint8Array;
  deserialize(bytes: Uint8Array): Record<string, unknown>;
}

/** MongoDB: a find has two documents, all else succeeds. */
export function mongodb(bson: Bson): Promise<FakeServer> {
  const hello = { ok: 1, ismaster: true, isWritablePrimary: true, helloOk: true, maxBsonObjectSize: 2 ** 24, maxMessageSizeBytes: 48e6, maxWriteBatchSize: 1e5, minWireVersion: 0, maxWireVersion: 25, readOnly: false, n: 1 };
  return serve((socket) => {
    let pending = Buffer.alloc(0);
    socket.on('data', (data) => {
      pending = Buffer.concat([pending, data]);
      while (pending.length >= 4 && pending.length >= pending.readInt32LE(0)) {
        const asked = pending.subarray(0, pending.readInt32LE(0));
        pending = pending.subarray(asked.length);
        const isMessage = asked.readInt32LE(12) === 2013;
        const command = isMessage ? bson.deserialize(asked.subarray(21)) : {};
        const body = Buffer.from(bson.serialize(command.find ? { ok: 1, cursor: { id: 0n, ns: 'shop.orders', firstBatch: [{ _id: 1 }, { _id: 2 }] } } : hello));
        const head = Buffer.alloc(isMessage ? 21 : 36);
        head.writeInt32LE(head.length + body.length, 0);
        head.writeInt32LE(asked.readInt32LE(4), 8);
        head.writeInt32LE(isMessage ? 2013 : 1, 12);
        if (!isMessage) head.writeInt32LE(1, 32);
        socket.write(Buffer.concat([head, body]));
      }
    });
  });
}
