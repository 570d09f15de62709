// Loaded into the server before its program: says how much memory it holds when it is sent the signal.
const { writeFileSync } = require('node:fs');
process.on('SIGUSR2', () => writeFileSync(process.env.PERFORMANCE_BENCH_MEMORY, JSON.stringify(process.memoryUsage())));
