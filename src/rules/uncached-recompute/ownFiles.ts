/** Files that come with the program and stay as they are while it runs. */
const OWN_FILE =
  /__dirname|__filename|__file__|import\.meta|\bBASE_DIR\b|\bPROJECT_ROOT\b|\btemplates?\b|\bviews\b|\bassets\b|\bstatic\b|\bpublic\b|\blocales?\b|\bschemas?\b|\bfonts?\b|\.(?:html?|hbs|handlebars|ejs|pug|mustache|j2|jinja2?|tmpl|tpl|css|svg|png|jpe?g|ttf|otf|woff2?|sql|graphql|gql|proto|xsd|xsl|wasm|md|mdx|pem|crt)\b/i;
/** Files that somebody writes meanwhile, or that say how things stand now. */
const CHANGING = /\/(?:proc|sys)\/|\bdata\b|\bstate\b|\bstatus\b|\blogs?\b|\.log\b|\bcache\b|t(?:e)?mp\b|\bupload|manifest|\bmtime\b|settings|config|\.env\b|lock|hot|token|secret|\bpid\b|readme|changelog/i;

/** Whether a path, with what its parts are known to be, leads to a file of the program itself that does not change. */
export const isOwnFile = (words: string): boolean => OWN_FILE.test(words) && !CHANGING.test(words.replace(/__\w+__|import\.meta\.\w+/g, ''));
