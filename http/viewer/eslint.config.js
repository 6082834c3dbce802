import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';
import { rules } from './eslint.rules.js';

export default defineConfig(
  globalIgnores(['src/api/schema.d.ts', 'node_modules', 'dist']),
  typescript.configs.strictTypeChecked,
  a11y.flatConfigs.strict,
  hooks.configs.flat.recommended,
  {
    languageOptions: { parserOptions: { project: true, tsconfigRootDir: import.meta.dirname } },
    rules,
  },
  { files: ['eslint.*.js'], extends: [typescript.configs.disableTypeChecked] },
);
