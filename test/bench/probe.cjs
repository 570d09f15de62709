// Loaded into the server before its program: says what it holds and has spent when it is sent the signal.
const { writeFileSync } = require('node:fs');
process.on('SIGUSR2', () => writeFileSync(process.env.PERFORMANCE_BENCH_PROBE, JSON.stringify({ ...process.memoryUsage(), cpu: process.cpuUsage() })));
