/** What the editor, the language server and the command line call. */
export { type AttachOptions, attachNode, attachPython } from './attach/process';
export { type AgainOptions, measureAgain } from './compare/again';
export { type Implementation, compareCommits, compareFunctions } from './compare/implementations';
export type { InterleaveOptions } from './compare/interleave';
export type { DriverChoice, WorkspaceFiles } from './drivers/choice';
export { type GeneratedDriver, canGenerateDriver, ensureGeneratedDriver } from './drivers/generated';
export { generatedChoice, listDrivers } from './drivers/listDrivers';
export { type FunctionsOf, finish, measure } from './finish';
export { type GrowOptions, type GrowRequest, grow } from './grow';
export { declaredRate, loadRoute, type RouteRequest } from './load/route';
export { listBenchmarks } from './listBenchmarks';
export { type PlanContext, planBenchmark, planCounts, planMemory, planProfile, planTrace } from './makePlan';
export type { Exit, MeasurePlan, Target } from './plan';
export { probesFor } from './probes';
export { type RunOptions, runPlan } from './runPlan';
