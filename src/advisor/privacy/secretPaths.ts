/** Files whose very purpose is to hold a secret. Their names are enough: nobody has to read them to know. */
const SECRET_FILE = new RegExp(
  [
    String.raw`^\.env(?:[._-].*)?$`,
    String.raw`^.*\.env$`,
    String.raw`^\.envrc$`,
    String.raw`^\.(?:npmrc|yarnrc|pypirc|netrc|pgpass|my\.cnf|htpasswd|git-credentials|dockercfg|terraformrc|s3cfg|boto)$`,
    String.raw`^_netrc$`,
    String.raw`^.*\.(?:pem|key|p12|pfx|jks|keystore|kdbx?|ppk|asc|gpg|ovpn|tfvars|tfstate|tfstate\.backup|p8|pkcs12|mobileprovision)$`,
    String.raw`^id_(?:rsa|dsa|ecdsa|ed25519)(?:\..*)?$`,
    String.raw`^(?:.*[._-])?(?:secrets?|credentials?|passwords?|passwd|apikeys?|api[_-]keys?|tokens?)(?:[._-][^/]*)?\.(?:ya?ml|json|toml|ini|txt|cfg|conf|properties|xml|env|csv|enc)$`,
    String.raw`^(?:secrets?|credentials?|passwords?|passwd|shadow|apikey|token)$`,
    String.raw`^(?:service[_-]?account|client[_-]secret|google-services|firebase-adminsdk)[^/]*\.json$`,
    String.raw`^\.(?:bash|zsh|python|node_repl|psql|mysql|rediscli|sqlite)_?history$`,
    String.raw`^\.vault[_-]?pass(?:word)?(?:\..*)?$`,
    String.raw`^(?:wp-config|localsettings)\.php$`,
    String.raw`^master\.key$|^.*\.enc$`,
  ].join('|'),
  'i',
);

/** Folders that hold keys, other people's data, or what this product itself has written down. */
const SECRET_FOLDER = /^(?:\.git|\.hg|\.svn|\.ssh|\.gnupg|\.aws|\.azure|\.gcloud|\.kube|\.docker|\.terraform|\.performance|\.vscode-test|secrets?|credentials|private[_-]keys?)$/i;

/** Whether a file may never be sent, whatever else is allowed. `path` is relative to the workspace, with forward slashes. */
export function isSecretPath(path: string): boolean {
  const names = path.split('/');
  const name = names.pop()!;
  return SECRET_FILE.test(name) || names.some((folder) => SECRET_FOLDER.test(folder)) || SECRET_FOLDER.test(name);
}
