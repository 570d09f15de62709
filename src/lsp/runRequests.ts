import type { ServerContext } from './context';
import { Method } from './protocol';
import { currentSession, onRequest } from './reportRequests';

/** Who measures nothing has no runs, so what it takes to show them is loaded with the first request for it. */
const answers = () => import('./runAnswers');

/** Stored runs: which there are, what they look like, and writing one as another tool reads it. */
export function registerRunRequests(context: ServerContext): void {
  onRequest(context, Method.runs, async (params) => {
    const session = await currentSession(context, params?.folder);
    return (await answers()).runsOf(session);
  });
  onRequest(context, Method.chart, async (params) => {
    const session = await currentSession(context, params?.folder);
    return (await answers()).chartOf(session, params);
  });
  onRequest(context, Method.exportRun, async (params) => {
    const session = await currentSession(context, params?.folder);
    return (await answers()).exportTo(session, params);
  });
}
