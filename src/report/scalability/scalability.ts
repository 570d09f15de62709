import type { PerformanceConfig } from '../../core/config';
import type { Answer, Scalability } from '../model';
import { estimate, prose } from '../statement';
import { counted } from '../words';
import { domainsOf } from './domains';
import type { ScalabilityInput } from './input';
import { limitsOf } from './limits';
import { processStateOf, tiesOf } from './processState';
import { largeTables, ROWS_TO_SHARD, tablesOf } from './tables';

/** What takes time to put together is asked for when it is needed. */
type Lazy<Input extends ScalabilityInput> = Omit<Input, 'queries' | 'relations'> & { readonly [Key in 'queries' | 'relations']: () => Input[Key] };

/** What stands in the way of growing; undefined where nobody has declared how large it is to become. */
export function scalabilityOf({ queries, relations, ...rest }: Lazy<ScalabilityInput>): Scalability | undefined {
  if (!isDeclared(rest.config)) return undefined;
  const input: ScalabilityInput = { ...rest, queries: queries(), relations: relations() };
  return {
    processState: processStateOf(input.judged),
    limits: limitsOf(input),
    tables: tablesOf(input),
    domains: domainsOf(input),
    ways: waysOf(input),
  };
}

function isDeclared({ scale, requirements }: PerformanceConfig): boolean {
  return Object.keys(scale.tables).length + Object.keys(scale.collections).length > 0 || requirements.some(({ throughput }) => throughput !== undefined);
}

/** Each way with what it costs; which is cheapest depends on what was found. */
function waysOf(input: ScalabilityInput): Answer {
  const ties = tiesOf(input.judged).length;
  const toShard = largeTables(input).filter(({ ahead }) => ahead >= ROWS_TO_SHARD).length;
  return {
    statements: [
      [prose(
        'Vertical (a larger machine): no change in the code, and the first thing to try. It ends at the largest machine, keeps one point of failure, and twice the machine is ',
      ), estimate('at most 2x'), prose(', which work that outgrows n soon uses up.')],
      [prose(
        `Horizontal (more processes): more throughput and no single process to lose, not a shorter wait for one request. ${ties === 0 ? 'Nothing that was found stands in the way' : `${counted(ties, 'place')} that keeps state in one process has to be moved out first`}; each process opens database connections of its own, and the database becomes the next limit.`,
      )],
      [prose(
        `Sharding (rows over several servers): the only way to more writes than one server takes, and the dearest. ${toShard === 0 ? 'No declared size calls for it' : `Think of it for ${counted(toShard, 'table')} above, after partitions`}; joins, transactions and unique constraints no longer span the shards, and moving rows between them becomes work of its own.`,
      )],
    ],
  };
}
