/** A collection, one thing of it by a key, and at most one property of that: "{}/users/{}", "https://host/v1/orders/{}/lines". */
const ONE_OF_MANY = /^(?:https?:\/\/[^/{}]+|\{\})?((?:\/[\w.-]+)*\/([a-z][\w-]*))\/\{\}(?:\/([\w-]+))?\/?(?:\?.*)?$/i;
/** Each of these is a body of its own, however many are asked for. */
const CONTENT = /^(?:download|raw|content|contents|file|files|image|images|avatar|thumbnail|photo|media|blob|archive|export|pdf|zip|stream|html|text|body|logs?)$/i;
/** What reads like a plural and is none, or names files and times and no records. */
const NO_COLLECTION = /(?:ss|us|is)$|^(?:files|downloads|assets|images|avatars|uploads|blobs|logs|pages|docs|news|sources)$/i;

/**
 * The path of the list behind a URL that reads one thing by its key: "/v1/orders" of "https://host/v1/orders/{}".
 * `template` is the URL with {} for each value put in; undefined for a URL of any other form.
 */
export function listBehind(template: string): string | undefined {
  const [, list, noun, part] = ONE_OF_MANY.exec(template) ?? [];
  if (list === undefined || !/s$/i.test(noun!) || NO_COLLECTION.test(noun!)) return undefined;
  return part !== undefined && CONTENT.test(part) ? undefined : list;
}
