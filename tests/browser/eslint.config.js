import { resolve } from 'node:path';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';
import { rules } from '../../http/viewer/eslint.rules.js';

export default defineConfig(
  { basePath: resolve(import.meta.dirname, '../..') },
  globalIgnores(['**/node_modules']),
  typescript.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: true, tsconfigRootDir: import.meta.dirname } },
    rules,
  },
  { files: ['**/*.js'], extends: [typescript.configs.disableTypeChecked] },
);
