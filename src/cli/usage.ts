export const USAGE = `Performance Engineer: finds performance problems in TypeScript, JavaScript, Python and SQL,
and marks every number as measured or estimate.

Usage
  performance-engineer check [paths...] [options]
  performance-engineer report [folder] [options]
  performance-engineer explain <file>:<line> [options]
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
  --format markdown|json          how to print it (default: markdown)
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

mcp: serves findings, measurements, plans and the report to agents, by the Model Context Protocol on stdin and stdout
  --facts-only                    run nothing, not even after the client's user was asked

  --help, --version

Paths in the output are relative to the folder given; for a file or for several paths, to the current folder
if it holds them all, and else to the nearest folder that does. performance.json is read from that folder or
the nearest one above it. What git ignores, dependencies and generated files are left out.

Exit code: 0 nothing at or above --fail-on, 1 something, 2 the command could not be carried out.
`;
