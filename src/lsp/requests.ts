import { onRequest } from './answering';
import type { ServerContext } from './context';
import { Method } from './protocol';

/**
 * Our own requests beside those about a document. Nobody makes them while typing, and most sessions make few of them,
 * so the modules that answer are loaded with the first request for one. One that cannot be loaded fails that request.
 */
export function registerRequests(context: ServerContext): void {
  const reporting = () => import('./reportRequests');
  onRequest(context, Method.report, async (params) => (await reporting()).report(context, params));
  onRequest(context, Method.markdown, async (params) => (await reporting()).markdown(context, params));

  const fixing = () => import('./fixRequests');
  onRequest(context, Method.fix, async (params) => (await fixing()).fix(context, params));
  onRequest(context, Method.dismiss, async (params) => (await fixing()).dismiss(context, params));

  const measuring = () => import('./measureRequests');
  onRequest(context, Method.drivers, async (params) => (await measuring()).drivers(context, params));
  onRequest(context, Method.benchmarks, async (params) => (await measuring()).benchmarks(context, params));
  onRequest(context, Method.plan, async (params) => (await measuring()).plan(context, params));
  onRequest(context, Method.debuggedPlan, async (params) => (await measuring()).debuggedPlan(context, params));
  onRequest(context, Method.finish, async (params) => (await measuring()).complete(context, params));

  const benchmarking = () => import('./benchmarkRequests');
  onRequest(context, Method.benchmarkFiles, async (params) => (await benchmarking()).benchmarkFiles(context, params));
  onRequest(context, Method.benchmarkResults, async (params) => (await benchmarking()).benchmarkResults(context, params));

  const choosing = () => import('./choiceRequests');
  onRequest(context, Method.services, async (params) => (await choosing()).services(context, params));
  onRequest(context, Method.processes, async () => (await choosing()).processes());
  onRequest(context, Method.implementations, async (params) => (await choosing()).implementations(context, params));

  const showing = () => import('./runAnswers');
  onRequest(context, Method.runs, async (params) => (await showing()).runs(context, params));
  onRequest(context, Method.chart, async (params) => (await showing()).chart(context, params));
  onRequest(context, Method.exportRun, async (params) => (await showing()).exportTo(context, params));

  const experimenting = () => import('./experimentRequests');
  onRequest(context, Method.experimentPlan, async (params) => (await experimenting()).plan(context, params));
  onRequest(context, Method.experimentFinish, async (params) => (await experimenting()).complete(context, params));

  const knowing = () => import('./factRequests');
  onRequest(context, Method.fact, async (params) => (await knowing()).fact(context, params));
  onRequest(context, Method.propose, async (params) => (await knowing()).propose(context, params));
  onRequest(context, Method.withdraw, async (params) => (await knowing()).withdraw(context, params));

  const proving = () => import('./proofRequests');
  onRequest(context, Method.proofPlan, async (params) => (await proving()).plan(context, params));
  onRequest(context, Method.proofFinish, async (params) => (await proving()).complete(context, params));
}
