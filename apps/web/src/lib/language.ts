import { i18n } from '@lingui/core';

/** Which of two languages the api's own words are wanted in: `{ 'zh-CN': …, en: … }`. */
export const wordsKey = (): 'zh-CN' | 'en' => (i18n.locale === 'en' ? 'en' : 'zh-CN');
