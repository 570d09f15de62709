/** A collection and one thing of it by a key: "{}/users/{}", "https://host/v1/orders/{}". What a thing holds further down is no list's to give. */
const ONE_OF_MANY = /^(?:https?:\/\/[^/{}]+|\{\})?((?:\/[\w.-]+)*\/([a-z][\w-]*))\/\{\}\/?(?:\?.*)?$/i;
/** What reads like a plural and is none, or names files and no records. */
const NO_COLLECTION = /(?:ss|us|is)$|^(?:files|downloads|assets|images|avatars|uploads|blobs|logs|pages|docs|news|sources)$/i;

/**
 * The path of the list behind a URL that reads one thing by its key: "/v1/orders" of "https://host/v1/orders/{}".
 * `template` is the URL with {} for each value put in; undefined for a URL of any other form.
 */
export function listBehind(template: string): string | undefined {
  const [, list, noun] = ONE_OF_MANY.exec(template) ?? [];
  return list !== undefined && /s$/i.test(noun!) && !NO_COLLECTION.test(noun!) ? list : undefined;
}
