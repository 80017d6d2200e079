// Lint rules. The names, imports and sizes that the style asks for; layout is prettier's.
// test/architecture/lint.test.ts shows that each rule written here bites.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const importRules = {
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: '^(fp-ts|io-ts)/(?!lib/[A-Za-z/]+\\.js$)',
          message: 'Node cannot load this form: import fp-ts/lib/Either.js, io-ts/lib/PathReporter.js.',
        },
      ],
    },
  ],
};

const syntaxRules = {
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'No default exports: one name everywhere.' },
    { selector: "ExportSpecifier[exported.name='default']", message: 'No default exports: one name everywhere.' },
    { selector: 'TSEnumDeclaration', message: 'No enums: a union tagged by _tag.' },
  ],
};

const unused = {
  argsIgnorePattern: '^_',
  varsIgnorePattern: '^_',
  caughtErrorsIgnorePattern: '^_',
  ignoreRestSiblings: true,
};

const sizes = {
  'max-lines': ['error', { max: 299 }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
};

const pure = ['Date', 'performance', 'process', 'console', 'fetch', 'setTimeout', 'setInterval', 'crypto'].map(
  (name) => ({
    name,
    message: 'The core has no clock, no randomness and no I/O.',
  }),
);

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'playground/dist/**',
      'coverage/**',
      'kernels/**',
      '**/fixtures/**',
      '**/golden/**',
      '**/node_modules/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      ...importRules,
      '@typescript-eslint/no-unused-vars': ['error', unused],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-undef': 'off',
    },
  },
  { files: ['src/**', 'test/**', 'examples/**', 'scripts/**', 'playground/**'], rules: syntaxRules },
  {
    files: ['src/**/*.ts', 'playground/src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      'no-console': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  { files: ['src/**/*.generated.ts'], rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' } },
  { files: ['src/cli/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-globals': ['error', ...pure],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The core has no randomness.' },
      ],
    },
  },
);
