/** What the editor, the language server and the command line call to measure with one program. */
export { type DeclaredBenchmark, declaredBenchmarks, isResultOf } from './benchmarkNames';
export type { DriverChoice, WorkspaceFiles } from './drivers/choice';
export { type GeneratedDriver, canGenerateDriver, ensureGeneratedDriver } from './drivers/generated';
export { generatedChoice, listDrivers } from './drivers/listDrivers';
export { type FunctionsOf, finish, measure } from './finish';
export { listBenchmarks } from './listBenchmarks';
export { type PlanContext, planBenchmark, planCounts, planMemory, planProfile, planTrace } from './makePlan';
export { planUnprofiled, type Ran } from './overhead';
export type { Exit, MeasurePlan, Target } from './plan';
export { probesFor } from './probes';
export { type RunOptions, runPlan } from './runPlan';
export { findPython } from './tools';
