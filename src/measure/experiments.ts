/** What takes several programs, or one that runs already: comparisons, growth, load, attaching. */
export { type AttachOptions, attachNode, attachPython } from './attach/process';
export { type AgainOptions, measureAgain } from './compare/again';
export { type Implementation, compareCommits, compareFunctions } from './compare/implementations';
export type { InterleaveOptions } from './compare/interleave';
export { type GrowOptions, type GrowRequest, grow } from './grow';
export { declaredRate, loadRoute, type RouteRequest } from './load/route';
