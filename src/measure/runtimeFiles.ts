import { join } from 'node:path';

/** The folder of the scripts that run inside the measured programs; the build copies it beside the bundles. */
export const runtimeFolder = join(__dirname, 'runtime');

export const runtimeFiles = {
  /** Loaded by `--require` into each Node process of a profiled run. */
  nodePreload: join(runtimeFolder, 'node', 'preload.cjs'),
  nodeTrace: join(runtimeFolder, 'node', 'trace.cjs'),
  nodeCounts: join(runtimeFolder, 'node', 'counts.cjs'),
  nodeMemory: join(runtimeFolder, 'node', 'memory.cjs'),
  nodeListening: join(runtimeFolder, 'node', 'listening.cjs'),
  nodeBenchmarks: join(runtimeFolder, 'node', 'benchmarks', 'preload.cjs'),
  nodeBenchmarkModules: join(runtimeFolder, 'node', 'benchmarks', 'register.mjs'),
  nodeRepeatTests: join(runtimeFolder, 'node', 'benchmarks', 'repeatTests.mjs'),
  nodeCalls: join(runtimeFolder, 'node', 'calls.mjs'),
  nodeDrive: join(runtimeFolder, 'node', 'drive.mjs'),
  nodeGrow: join(runtimeFolder, 'node', 'grow.mjs'),
  nodeTypeScript: join(runtimeFolder, 'node', 'typescript.mjs'),
  pythonRunner: join(runtimeFolder, 'python', 'profile_runner.py'),
} as const;
