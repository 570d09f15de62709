/** A reporter for node:test: one line of JSON for each test that has passed, with the names above it and its milliseconds. */
export default async function* testReporter(events) {
  const names = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') names[data.nesting] = data.name;
    if (type !== 'test:pass' || data.details?.type === 'suite' || data.skip !== undefined || data.todo !== undefined) continue;
    yield `${JSON.stringify({ name: [...names.slice(0, data.nesting), data.name].join(' > '), ms: data.details.duration_ms })}\n`;
  }
}
