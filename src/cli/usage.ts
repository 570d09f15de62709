export const USAGE = `Performance Engineer: finds performance problems in TypeScript, JavaScript, Python and SQL,
and marks every number as measured or estimate.

Usage
  performance-engineer check [paths...] [options]
  performance-engineer report [folder] [options]
  performance-engineer explain <file>:<line> [options]
  performance-engineer profile <file>:<function> [options]
  performance-engineer bench [folder] [options]
  performance-engineer grow <file>:<function> [options]
  performance-engineer compare <run> [<run>] | <file>:<function> [<file>:<function>] [options]
  performance-engineer load <METHOD> <path> [options]
  performance-engineer attach <process> [options]
  performance-engineer runs [export <run>] [options]
  performance-engineer mcp [folder] [--facts-only]

check: lists what the rules find in folders and files (default: the current folder)
  --format text|json|markdown     how to print it (default: text)
  --fail-on high|medium|low|none  the lowest priority that makes the exit code 1 (default: medium)
  --rule <id>                     run this rule only; may be given more than once
  --include-tests                 look into tests and fixtures too
  --types                         ask the compiler for types where one file cannot tell; slower
  --no-cache                      parse every file, whatever the last scan knew
  --config <file>                 use this file instead of performance.json

report: prints what to do first, what to leave alone, and what each gain costs
  --format markdown|json|html     how to print it (default: markdown); html is one file that loads
                                  and runs nothing
  --issue <id>                    print one recommendation alone, as an issue; --format json has the ids
  --run-benchmark                 run the project's benchmarks first and quote their figures;
                                  the exit code is 1 when one of them could not be run
  --no-cache                      parse every file, whatever the last scan knew
  --config <file>                 use this file instead of performance.json

explain: shows the plan of the query at a line, on made-up rows in a throw-away database
  --prove                         also try what the findings at that line recommend, before and after
  --index "CREATE INDEX ..."      try this index instead of, or beside, the recommended ones
  --engine pglite|sqlite|postgres where to plan it (default: pglite, a PostgreSQL that comes along);
                                  postgres is your own server: read-only, nothing is built there,
                                  indexes are tried as hypothetical ones where hypopg is installed
  --connection-env <NAME>         the environment variable with the connection string of that server
  --analyze                       run the query there too: a single SELECT without side effects, in a
                                  read-only transaction with a time limit
  --rows <n>                      at most so many rows a table (default: 1,000,000)
  --format text|json              how to print it (default: text)
  --config <file>                 use this file instead of performance.json
                                  the exit code is 1 when --prove refutes every change it tried

profile: runs what drives a function and says where its time goes; each recording is a run of its own
  --what cpu,trace,counts,memory  what to record (default: all four)
  --driver <text>                 the test, benchmark, program or generated driver whose label holds the text
  --list                          only list the ways to drive it
  --no-overhead                   do not run a test or a generated driver once more without the profiler, which
                                  says how much the profiler has slowed it down; programs run once in any case

bench: runs the project's benchmarks as they are (Vitest, tinybench, mitata, Benchmark.js, node:test,
pytest-benchmark, asv, hyperfine, package scripts named bench)
  --filter <text>                 only those whose label holds the text

grow: calls a function with larger and larger sizes and says how its time grows
  --from <n>, --largest <n>       the first size and the largest (default: 8 and 4,194,304)
  --to <n>                        say the time at this size (default: what performance.json declares)

compare: two stored runs; or one run, which is measured again and set against the code as it was; or two functions
with the same arguments; or one function at two commits. What is run is run in turn, in many processes.
  --commit <commit>               for one function: the commit before, and once more for the one after (default: now)
  --rounds <n>                    processes of each side (default: 20)
  --finding <id>                  the finding that the change was made for
  --across-machines               compare runs of different machines all the same
  --fail-on slower|none           whether slower code makes the exit code 1 (default: slower)

load: starts the app's own script and drives a route of it, on this machine only and at a bounded rate
  --path <path>                   the path with its values, for a route with parameters
  --rate, --seconds, --connections <n>  (default: 20 or what performance.json declares, 10, 10)
  --script <name>, --port <n>     the package script (default: start), and where it listens
  --package <folder>              the folder of its package.json (default: the workspace's)

attach: profiles a running process of this machine: Node, or Python where py-spy is installed
  --seconds <n>                   how long (default: 5)
  --python, --inspect-port <n>    a Python process; a Node process by the port of its inspector

runs: lists what was measured; runs export <run> writes one as another tool reads it
  --format cpuprofile|speedscope|pprof|csv  csv has the samples; the others take a run with call stacks
  --output <file>                 where to (default: standard output)

profile to runs all store what they measure in .performance and take
  --format text|json              how to print it (default: text)
  --json-file <file>              write the JSON to a file, too
  --time-limit <seconds>          for each program that is run (default: 120)
  --node-path, --python-path <path>  the interpreters (default: those of the project and of the PATH)

mcp: serves findings, measurements, plans and the report to agents, by the Model Context Protocol on stdin and stdout
  --facts-only                    run nothing, not even after the client's user was asked

  --help, --version

Paths in the output are relative to the folder given; for a file or for several paths, to the current folder
if it holds them all, and else to the nearest folder that does. performance.json is read from that folder or
the nearest one above it. What git ignores, dependencies and generated files are left out.

Exit code: 0 nothing at or above --fail-on, 1 something, 2 the command could not be carried out or something
could not be measured.
`;
