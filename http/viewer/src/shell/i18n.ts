import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Languages that the pages speak, by their own names. */
export const languages = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  es: 'Español',
  sw: 'Kiswahili',
} as const;

export type Language = keyof typeof languages;

const stored = 'noctis.language';
// One file per language and page area: src/locales/<language>/<area>.json.
const files = import.meta.glob<Record<string, unknown>>('../locales/*/*.json', { import: 'default' });

function isLanguage(text: string | null | undefined): text is Language {
  return text != null && text in languages;
}

/** The user's own choice, else the browser's. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(stored);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

async function load(language: Language, area: string): Promise<void> {
  if (i18next.hasResourceBundle(language, area)) return;
  const file = files[`../locales/${language}/${area}.json`];
  if (file !== undefined) i18next.addResourceBundle(language, area, await file());
}

/** The areas' texts in a language, and in English behind it. */
async function loadAll(language: Language, areas: readonly string[]): Promise<void> {
  const wanted = new Set<Language>(['en', language]);
  await Promise.all([...wanted].flatMap((tag) => areas.map((area) => load(tag, area))));
}

/** Areas of what every page has. */
const everywhere = ['shell', 'alerts'];

/** Makes these areas' texts available, in the user's language with English behind it. */
export async function startLanguages(areas: readonly string[]): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    ns: [...everywhere, ...areas],
    defaultNS: areas[0] ?? 'shell',
    fallbackNS: [...areas.slice(1), ...everywhere],
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await loadAll(language, [...everywhere, ...areas]);
  document.documentElement.lang = language;
}

/** Returns texts of these areas in the language of a tag (BCP 47); in English where we do not speak it. */
export async function textsIn(tag: string, areas: readonly string[]): Promise<TFunction> {
  const [spoken = ''] = tag.toLowerCase().split('-');
  const language = isLanguage(spoken) ? spoken : 'en';
  await loadAll(language, areas);
  return i18next.getFixedT(language);
}

/** Keeps the choice and shows the page in it. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(stored, language);
  location.reload();
}

/** The locale for dates and numbers: the browser's own variant of the chosen language where it has one. */
export function locale(): string {
  const language = i18next.language;
  return navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
}
