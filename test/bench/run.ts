import { overheads } from './overhead';
import { fullPasses } from './passes';
import { largeReport } from './panel';
import { print } from './report';
import { sizes } from './sizes';
import { sqlPasses } from './sql';

/** `npm run bench`: speed as ratios taken in interleaved rounds, and the sizes of what is shipped. */
async function main(): Promise<void> {
  const missed = print([...(await fullPasses()), ...(await sqlPasses()), ...(await overheads()), ...(await largeReport()), ...(await sizes())]);
  if (missed > 0) console.log(`\n${missed} over budget.`);
  process.exitCode = missed > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
