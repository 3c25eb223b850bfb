/** Checks over the tracked files as text. Pure, so that each can be shown a tree that it must refuse. */

export type Tree = ReadonlyMap<string, string>;

const vagueName = /^(utils?|helpers?|common|managers?|misc|shared)$/i;
const vaguePart = /(^|[-.])(utils?|helpers?|common|managers?|misc)([-.]|$)/i;

/** Files and folders whose name says nothing about what is inside. */
export function vagueNames(tree: Tree): string[] {
  return [...tree.keys()].filter((path) => {
    const parts = path.split('/');
    const file = parts.pop() ?? '';
    return parts.some((part) => vagueName.test(part)) || vaguePart.test(file);
  });
}

/** The room that owns a file: `libs/ledger`, `apps/api`. */
function roomOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function isProduct(path: string): boolean {
  return (
    /^(apps|libs)\/.*\.ts$/.test(path) && !path.endsWith('.spec.ts') && !path.startsWith('libs/testing/')
  );
}

/** Names after CREATE TABLE in the migrations. */
export function tablesOf(tree: Tree): string[] {
  const tables = new Set<string>();
  for (const [path, text] of tree) {
    if (!path.includes('/migrations/')) continue;
    for (const match of text.matchAll(/create\s+table\s+(?:if\s+not\s+exists\s+)?[`"]?(\w+)/gi)) {
      if (match[1]) tables.add(match[1]);
    }
  }
  return [...tables];
}

/** Invariants compare the books of two contexts; they only read, and only audits run them. */
const isAudit = (path: string) => /(^|[./-])invariants\.ts$/.test(path);

/** A table named in SQL or as an entity outside the one store that owns it; `path: table`. */
export function tablesOutsideTheirStore(tree: Tree): string[] {
  const broken: string[] = [];
  for (const table of tablesOf(tree)) {
    const named = new RegExp(
      `\\b(?:from|join|into|update|table)\\s+[\`"]?${table}\\b|@Entity\\(\\s*(?:\\{[^}]*name:\\s*)?['"]${table}['"]`,
      'i',
    );
    const places = [...tree]
      .filter(
        ([path, text]) =>
          isProduct(path) && !isAudit(path) && !path.includes('/migrations/') && named.test(text),
      )
      .map(([path]) => path);
    const rooms = new Set(places.map(roomOf));
    const outside = places.filter(
      (path) => !/^libs\/[^/]+\/src\/store\//.test(path) && !path.startsWith('libs/platform/'),
    );
    broken.push(...(rooms.size > 1 ? places : outside).map((path) => `${path}: ${table}`));
  }
  return broken;
}

/** Every `npm run x` and `npm x` in a document that package.json does not have. */
export function unknownScripts(document: string, scripts: readonly string[]): string[] {
  const lifecycle = ['start', 'test', 'stop'];
  const named = [
    ...[...document.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map((match) => match[1] ?? ''),
    ...lifecycle.filter((name) => new RegExp(`\\bnpm ${name}\\b`).test(document)),
  ];
  return named.filter((name) => !scripts.includes(name));
}

const machinePath = /(?<![\w.])\/(?:home|Users|root|work)\/[\w.-]+/;
const registryHost =
  /https?:\/\/[^\s"'/]*(?:npmmirror|taobao|jfrog|artifactory|nexus|verdaccio|registry\.npmjs)/i;

/** Files that tell where they were written or where their packages came from. */
export function machineTraces(tree: Tree): string[] {
  return [...tree]
    .filter(([, text]) => machinePath.test(text) || registryHost.test(text))
    .map(([path]) => path);
}

/** Comments that put work off. */
export function postponedWork(tree: Tree): string[] {
  return [...tree]
    .filter(([path, text]) => /\.(ts|mjs|cjs)$/.test(path) && /\/[/*].*\b(TODO|FIXME|XXX|HACK)\b/.test(text))
    .map(([path]) => path);
}
