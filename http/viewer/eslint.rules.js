/** The rules that hold for all TypeScript of Noctis: the application, its browser tests, its benchmark. */
export const rules = {
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/naming-convention': ['error', { selector: 'typeLike', format: ['PascalCase'] }],
  'no-restricted-syntax': [
    'error',
    {
      selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
      message: 'Text of images must never become markup.',
    },
    {
      selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
      message: 'Text of images must never become markup.',
    },
  ],
  'max-lines': ['error', { max: 400, skipBlankLines: true }],
};
