/**
 * The rules of architecture that a single file can break.
 *
 * Rules between files (who may import whom) live in .dependency-cruiser.cjs. Each rule here has a fixture in
 * test/architecture/lint.spec.ts that must make it fire, so a rule cannot die unseen.
 */
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const source = ['apps/**/*.ts', 'libs/**/*.ts'];
const tests = ['**/*.spec.ts', 'test/**/*.ts', 'libs/testing/**/*.ts'];
const web = ['apps/web/src/**/*.ts', 'apps/web/src/**/*.tsx'];
const plainJs = ['**/*.mjs', '**/*.cjs', '**/*.js'];

const nodeGlobals = Object.fromEntries(
  [
    'AbortController',
    'AbortSignal',
    'Buffer',
    'URL',
    'clearInterval',
    'clearTimeout',
    'console',
    'fetch',
    'module',
    'performance',
    'process',
    'setImmediate',
    'setInterval',
    'setTimeout',
  ].map((name) => [name, 'readonly']),
);

/** Names that hold money: an integer of fen, so bigint and never number. */
const moneyName = '/^(fen|amount|balance|price)$|(Fen|Amount|Balance|Price)$/';

const languageRules = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of strings instead of an enum.' },
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  {
    selector: `:matches(Identifier, TSPropertySignature, PropertyDefinition)[name=${moneyName}] > TSTypeAnnotation > TSNumberKeyword`,
    message: 'Money is a bigint of fen, never a number.',
  },
  {
    selector: `:matches(TSPropertySignature, PropertyDefinition)[key.name=${moneyName}] > TSTypeAnnotation > TSNumberKeyword`,
    message: 'Money is a bigint of fen, never a number.',
  },
  {
    selector: `CallExpression[callee.name=/^(Number|parseFloat|parseInt)$/] > :matches(Identifier[name=${moneyName}], MemberExpression[property.name=${moneyName}])`,
    message: 'Money is a bigint of fen: a conversion to number loses fen.',
  },
];

const clockRules = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Ask the Clock. Deadlines are judged by the clock of the database.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Ask the Clock. Deadlines are judged by the clock of the database.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'Ask the Clock.' },
];

const storeRules = [
  {
    selector: "CallExpression[callee.property.name='save']",
    message: 'save() overwrites newer rows silently: write a guarded UPDATE with state and version.',
  },
  {
    selector: 'Decorator Property[key.name=/^(cascade|eager|lazy)$/]',
    message: 'Rows have columns only: no cascades, no eager or lazy relations.',
  },
  {
    selector: "NewExpression[callee.name='EntitySchema'] Property[key.name='relations']",
    message: 'Rows have columns only: read the other table with its own store.',
  },
  {
    selector: "CallExpression[callee.property.name='orIgnore']",
    message: 'INSERT IGNORE hides wrong values. Insert plainly and handle the duplicate key.',
  },
  {
    selector: ':matches(Literal[value=/insert\\s+ignore/i], TemplateElement[value.raw=/insert\\s+ignore/i])',
    message: 'INSERT IGNORE hides wrong values. Insert plainly and handle the duplicate key.',
  },
  {
    selector: ':matches(Literal[value=/replace\\s+into/i], TemplateElement[value.raw=/replace\\s+into/i])',
    message: 'REPLACE deletes the old row. Insert or update plainly.',
  },
  {
    selector:
      ":matches(Property[key.name='synchronize']:not([value.value=false]), CallExpression[callee.property.name='synchronize'])",
    message: 'The schema comes from migrations only.',
  },
];

const transactionRules = [
  {
    selector:
      'CallExpression[callee.property.name=/^(transaction|startTransaction|createQueryRunner|queryRunner)$/]',
    message: 'UnitOfWork.run() is the only way into a transaction, and it does not nest.',
  },
];

const queueRules = [
  {
    selector:
      ':matches(CallExpression[callee.property.name=/^(add|addBulk)$/][callee.object.name=/queue$/i], CallExpression[callee.property.name=/^(add|addBulk)$/][callee.object.property.name=/queue$/i])',
    message: 'Jobs are published by the outbox relay only: write an outbox row in the transaction.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(addBulk|upsertJobScheduler)$/]',
    message: 'Jobs are published by the outbox relay only: write an outbox row in the transaction.',
  },
];

const webRules = [
  {
    selector: 'JSXAttribute[name.name=dangerouslySetInnerHTML]',
    message: 'Texts of people are texts: nothing they write may become markup.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^@base-ui/]',
    message: 'Wrap it in src/ui, so that the kit can be changed in one place.',
  },
];

const environmentRules = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Read settings from the typed configuration of the process.',
  },
];

const specRules = [
  {
    selector:
      'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|failing|fixme)$/]',
    message: 'Every test runs, always.',
  },
  {
    selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'Every test runs, always.',
  },
];

/** `no-restricted-syntax` is one rule: the lists for a file must be given together, the last match wins. */
function syntax(...lists) {
  return { 'no-restricted-syntax': ['error', ...lists.flat()] };
}

const restrictedImports = {
  'no-restricted-imports': [
    'error',
    {
      paths: [
        {
          name: '@nestjs/common',
          importNames: ['forwardRef'],
          message: 'A circle of providers is a circle of rooms: split it.',
        },
        {
          name: 'typeorm',
          importNames: ['OneToMany', 'ManyToOne', 'OneToOne', 'ManyToMany', 'JoinColumn', 'JoinTable'],
          message: 'Rows have columns only.',
        },
        { name: 'jest', message: "Import from '@jest/globals'." },
      ],
    },
  ],
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      'dist',
      'apps/web/dist',
      'apps/web/src/api/schema.d.ts',
      '.local',
      'coverage',
    ],
  },
  // Comments cannot switch a rule off: a rule that is wrong is changed here, for everybody.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  js.configs.recommended,
  { files: plainJs, languageOptions: { globals: nodeGlobals } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './apps/web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 6 }],
      'no-cond-assign': ['error', 'always'],
      eqeqeq: 'error',
    },
  },
  {
    files: source,
    rules: {
      ...restrictedImports,
      ...syntax(
        languageRules,
        clockRules,
        storeRules,
        transactionRules,
        queueRules,
        environmentRules,
        specRules,
      ),
    },
  },
  {
    files: ['libs/platform/src/database/**/*.ts'],
    rules: syntax(languageRules, clockRules, storeRules, queueRules, environmentRules),
  },
  {
    files: ['libs/platform/src/messaging/**/*.ts'],
    rules: syntax(languageRules, clockRules, storeRules, transactionRules, environmentRules),
  },
  {
    files: ['libs/platform/src/config/**/*.ts', 'apps/*/src/**/*config*.ts', 'apps/*/src/main.ts'],
    rules: syntax(languageRules, clockRules, storeRules, transactionRules, queueRules),
  },
  {
    // Tests talk to servers and settings directly, but rows, clocks and money obey the same rules.
    files: tests,
    rules: {
      ...restrictedImports,
      ...syntax(languageRules, clockRules, storeRules, specRules),
      'max-lines-per-function': 'off',
    },
  },
  {
    // Snippets that break the rules on purpose are strings here.
    files: ['test/architecture/**/*.ts'],
    rules: syntax(languageRules, clockRules, specRules),
  },
  {
    // The one place that may ask the machine for the time.
    files: ['**/*clock*.ts'],
    rules: syntax(languageRules, storeRules, transactionRules, queueRules, environmentRules),
  },
  {
    files: web,
    extends: [jsxA11y.flatConfigs.recommended, reactHooks.configs.flat.recommended],
    rules: {
      ...restrictedImports,
      ...syntax(languageRules, clockRules, webRules, specRules),
      // A page is one tree of elements: splitting it by length alone would scatter what is read together.
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
      // Components are named for what they show; a label may lie deeper than the rule looks.
      'jsx-a11y/label-has-associated-control': ['error', { assert: 'either', depth: 3 }],
    },
  },
  { files: ['apps/web/src/ui/**/*.tsx'], rules: syntax(languageRules, clockRules, webRules.slice(0, 1)) },
  {
    files: ['apps/web/public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', location: 'readonly' } },
  },
  { files: ['apps/api/**/*.ts', 'apps/worker/**/*.ts', 'libs/**/*.ts'], rules: { 'no-console': 'error' } },
  prettier,
);
