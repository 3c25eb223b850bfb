/**
 * Who may import whom. Every rule has a fixture in test/architecture/rooms.spec.ts that must make it fire.
 * Paths of packages are matched with and without the folder of node_modules, so that links do not matter.
 */

/** Context libs and the libs below them. Upwards and sideways only by an event through the outbox. */
const contexts = {
  ledger: [],
  identity: [],
  notification: [],
  community: ['ledger', 'identity'],
  campaign: ['community', 'ledger', 'identity'],
  payment: ['ledger'],
  timebank: ['ledger', 'identity'],
  circle: ['community', 'ledger', 'identity'],
  place: ['community', 'ledger', 'identity'],
  fulfilment: ['campaign', 'community', 'ledger', 'identity'],
  book: ['campaign', 'community', 'payment', 'ledger', 'identity'],
  settlement: ['fulfilment', 'campaign', 'community', 'payment', 'timebank', 'ledger', 'identity'],
};

const spec = '\\.spec\\.ts$';
const npm = (names) => [`node_modules/(?:${names})(?:/|$)`, `^(?:${names})(?:/|$)`];

const contextRules = Object.entries(contexts).map(([name, below]) => ({
  name: `context-${name}`,
  comment: `${name} may import kernel, platform${below.map((lib) => `, ${lib}`).join('')}.`,
  severity: 'error',
  from: { path: `^libs/${name}/`, pathNot: spec },
  to: { path: '^libs/', pathNot: `^libs/(?:${[name, 'kernel', 'platform', ...below].join('|')})/` },
}));

const appRules = [
  {
    name: 'libs-never-import-apps',
    comment: 'apps depend on libs, never back.',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: '^(?:apps|test|tools)/' },
  },
  {
    name: 'apps-never-import-each-other',
    severity: 'error',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'apps-never-import-tests',
    severity: 'error',
    from: { path: '^apps/', pathNot: spec },
    to: { path: '^(?:test|tools|libs/testing)/' },
  },
  {
    name: 'sandbox-imports-no-lib',
    comment: 'The sandbox gateway is a stranger: it shares no code with the platform that it judges.',
    severity: 'error',
    from: { path: '^apps/sandbox/' },
    to: { path: '^libs/' },
  },
];

const libRules = [
  {
    name: 'lib-front-door',
    comment: 'A lib is entered through src/index.ts only.',
    severity: 'error',
    from: { path: '^(?:apps|test)/' },
    to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
  },
  {
    name: 'lib-front-door-from-lib',
    comment: 'A lib is entered through src/index.ts only.',
    severity: 'error',
    from: { path: '^libs/([^/]+)/' },
    to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
  },
  {
    name: 'lib-by-name',
    comment: 'Another lib is imported as @hehuo/<lib>, never by a relative path.',
    severity: 'error',
    from: { path: '^(?:libs/([^/]+)|apps|test)/' },
    to: { path: '^libs/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased'] },
  },
  {
    name: 'own-lib-by-path',
    comment: 'Inside a lib, import the file and not the front door.',
    severity: 'error',
    from: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: spec },
    to: { path: '^libs/$1/src/index\\.ts$' },
  },
  {
    name: 'kernel-imports-nothing',
    severity: 'error',
    from: { path: '^libs/kernel/', pathNot: spec },
    to: { pathNot: '^libs/kernel/' },
  },
  {
    name: 'platform-imports-kernel-only',
    severity: 'error',
    from: { path: '^libs/platform/', pathNot: spec },
    to: { path: '^libs/', pathNot: '^libs/(?:platform|kernel)/' },
  },
  {
    name: 'testing-is-for-tests',
    severity: 'error',
    from: { path: '^libs/(?!testing/)', pathNot: spec },
    to: { path: '^libs/testing/' },
  },
  {
    name: 'context-is-listed',
    comment: 'A new context gets its line in the list at the top of this file.',
    severity: 'error',
    from: { path: `^libs/(?!(?:kernel|platform|testing|${Object.keys(contexts).join('|')})/)` },
    to: {},
  },
];

const layerRules = [
  {
    name: 'domain-is-pure',
    comment: 'domain decides: it imports its own folder and kernel, no npm, no Nest, no clock, no I/O.',
    severity: 'error',
    from: { path: '^libs/([^/]+)/src/domain/', pathNot: spec },
    to: { pathNot: ['^libs/$1/src/domain/', '^libs/kernel/src/index\\.ts$'] },
  },
  {
    name: 'store-below-use-cases',
    comment: 'store remembers: of the use cases it may see the ports only (*.port.ts, ports.ts).',
    severity: 'error',
    from: { path: '^libs/([^/]+)/src/store/', pathNot: spec },
    to: { path: '^libs/$1/src/use-cases/', pathNot: '(?:\\.port|/ports)\\.ts$' },
  },
  {
    name: 'module-is-for-the-front-door',
    comment: 'Nothing inside a lib imports its module.',
    severity: 'error',
    from: { path: '^libs/([^/]+)/src/(?:domain|use-cases|store)/', pathNot: spec },
    to: { path: '^libs/$1/src/[^/]+\\.module\\.ts$' },
  },
  {
    name: 'sql-in-stores-only',
    comment: 'Database drivers belong to store folders, platform and ops.',
    severity: 'error',
    from: {
      path: '^(?:libs|apps)/',
      pathNot: [spec, '^libs/(?:platform|testing)/', '^libs/[^/]+/src/store/', '^apps/ops/'],
    },
    to: { path: npm('typeorm|mysql2') },
  },
  {
    name: 'transport-in-apps-and-platform',
    comment: 'Contexts know neither queues nor HTTP.',
    severity: 'error',
    from: { path: '^libs/(?!(?:platform|testing)/)' },
    to: { path: npm('bullmq|ioredis|fastify|@fastify|@nestjs/swagger|@nestjs/platform-fastify') },
  },
];

const webRules = [
  {
    name: 'web-stands-alone',
    comment: 'The web app knows the api by its document only.',
    severity: 'error',
    from: { path: '^apps/web/src/' },
    to: { path: '^(?:libs|test|tools|apps/(?!web/))' },
  },
  {
    name: 'feature-front-door',
    comment: 'A feature of the web app is entered through its index.ts only.',
    severity: 'error',
    from: { path: '^apps/web/src/(?:features/([^/]+)|routes|app)/' },
    to: {
      path: '^apps/web/src/features/',
      pathNot: ['^apps/web/src/features/$1/', '^apps/web/src/features/[^/]+/index\\.ts$'],
    },
  },
  {
    name: 'ui-below-features',
    comment: 'Parts of the design know no feature and no screen; lib knows not even React.',
    severity: 'error',
    from: { path: '^apps/web/src/(?:ui|lib)/' },
    to: { path: '^apps/web/src/(?:features|routes|app)/' },
  },
];

const hygieneRules = [
  {
    name: 'no-cycle',
    comment: 'No cycle, and none of types either.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphan',
    comment: 'A file that nobody imports and that imports nothing is dead.',
    severity: 'error',
    from: {
      orphan: true,
      pathNot: [spec, '(?:^|/)(?:main|index)\\.ts$', '\\.d\\.ts$', '\\.config\\.mjs$', '^apps/web/public/'],
    },
    to: {},
  },
  {
    name: 'no-unresolvable',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^virtual:' },
  },
  {
    name: 'no-dev-dependency-in-product',
    comment: 'The image is built without development packages.',
    severity: 'error',
    from: { path: '^(?:apps|libs)/', pathNot: [spec, '^libs/testing/', '^apps/web/'] },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
  },
];

module.exports = {
  forbidden: [...appRules, ...libRules, ...contextRules, ...layerRules, ...webRules, ...hygieneRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^apps/web/dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
