/** What takes several programs, or one that runs already: comparisons, growth, load, attaching. */
export { type AttachOptions, attachNode, attachPython } from './attach/process';
export { listProcesses, type RunningProcess } from './attach/listProcesses';
export { planDebugged } from './attach/recording';
export { type AgainOptions, measureAgain } from './compare/again';
export { type Commit, commitsOf } from './compare/commits';
export { type Implementation, compareCommits, compareFunctions } from './compare/implementations';
export type { InterleaveOptions } from './compare/interleave';
export { type GrowOptions, type GrowRequest, grow } from './grow';
export { findPySpy } from './tools';
export { declaredRate, loadRoute, type RouteRequest } from './load/route';
