import { parser } from '@lezer/python';

/** Node names by type id, as the grammar has them. Several ids may share a name. */
export const KIND_NAMES: readonly string[] = parser.nodeSet.types.map((type) => type.name);

const KIND_IDS = new Map<string, number[]>();
KIND_NAMES.forEach((name, id) => {
  const ids = KIND_IDS.get(name);
  if (ids) ids.push(id);
  else KIND_IDS.set(name, [id]);
});

/** A set of node names that is tested by type id. A name the grammar does not have is a mistake of the caller. */
export class KindSet {
  readonly flags = new Uint8Array(KIND_NAMES.length);

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const ids = KIND_IDS.get(name);
      if (ids === undefined) throw new RangeError(`the Python grammar has no node named ${name}`);
      for (const id of ids) this.flags[id] = 1;
    }
  }
}
