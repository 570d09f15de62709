import type { Db } from './db.ts';
import { routes, type Reply, type Request } from './routes.ts';
import { Timings } from './timings.ts';

export interface App {
  handle(request: Request): Reply;
}

/** The application without a transport: the server, the tests and the benchmark all call `handle`. */
export function createApp(db: Db): App {
  const timings = new Timings();

  return {
    handle({ method, url, body }: Request): Reply {
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      if (method === 'GET' && pathname === '/api/stats') return { status: 200, body: timings.summary() };

      for (const route of routes) {
        const match = route.method === method ? route.pattern.exec(pathname) : null;
        if (!match) continue;
        const started = performance.now();
        try {
          return route.handler({ db, params: match.slice(1), query: searchParams, body });
        } finally {
          timings.record(route.name, performance.now() - started);
        }
      }
      return { status: 404, body: { error: `Nothing answers ${method} ${pathname}.` } };
    },
  };
}
