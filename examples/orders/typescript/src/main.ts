import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { openDatabase } from './db.ts';
import { createOrdersServer } from './server.ts';

const DEFAULT_PORT = 4310;

const db = openDatabase(fileURLToPath(new URL('../orders.db', import.meta.url)));
const port = Number(process.env['PORT'] ?? DEFAULT_PORT);
createOrdersServer(createApp(db)).listen(port, '127.0.0.1', () => {
  console.log(`Orders on http://127.0.0.1:${port}/api/orders`);
});
