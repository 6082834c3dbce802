import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';
import { rules } from '../../http/viewer/eslint.rules.js';

// Run from the top of the repository, so that bench/viewer is within reach (package.json, `lint`).
export default defineConfig(
  globalIgnores(['**/node_modules']),
  typescript.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules,
  },
  { files: ['**/*.js'], extends: [typescript.configs.disableTypeChecked] },
);
