import type { Priority } from '../core/finding';
import type { Change, Changes } from '../report/changes';
import { isText, listOf, objectOf, oneOf, optional } from './check';

const isPriority = oneOf<Priority>('high', 'medium', 'low', 'deferred');

const isChange = objectOf<Change>({
  itemId: optional(isText), title: isText, where: isText, from: optional(isPriority), to: optional(isPriority),
});

export const isChanges = objectOf<Changes>({
  since: isText, added: listOf(isChange), gone: listOf(isChange), risen: listOf(isChange), fallen: listOf(isChange),
});
