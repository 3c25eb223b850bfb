import { useLingui } from '@lingui/react/macro';
import { Page } from '../../app/page';
import { read, rememberLanguage, useReading, type Elder } from '../../app/reading';
import { speak, type Locale } from '../../app/words';
import { Chip, Chips } from '../../ui/chips';
import { Check, FieldSet } from '../../ui/field';

export function SettingsPage() {
  const { t, i18n } = useLingui();
  const { contrast } = useReading();
  const languages: readonly [Locale, string][] = [
    ['zh-CN', '中文'],
    ['en', 'English'],
  ];
  const choose = (locale: Locale) => {
    rememberLanguage(locale);
    void speak(locale);
  };
  return (
    <Page title={t`大字、对比度、语言`} lead={t`只改这台设备，马上生效。`}>
      <LetterSize />
      <Check
        label={t`黑白更分明`}
        checked={contrast}
        onChange={(event) => read({ contrast: event.target.checked })}
      />
      <FieldSet label={t`语言`}>
        <Chips>
          {languages.map(([locale, words]) => (
            <Chip
              key={locale}
              name="language"
              checked={i18n.locale === locale}
              onChange={() => choose(locale)}
            >
              <span lang={locale}>{words}</span>
            </Chip>
          ))}
        </Chips>
      </FieldSet>
    </Page>
  );
}

/** How large the letters are, on this device. */
export function LetterSize() {
  const { t } = useLingui();
  const { elder } = useReading();
  const letters: readonly [Elder, string][] = [
    ['', t`标准`],
    ['1', t`大字版`],
    ['2', t`特大字`],
  ];
  return (
    <FieldSet label={t`字的大小`}>
      <Chips>
        {letters.map(([size, words]) => (
          <Chip key={size} name="letters" checked={elder === size} onChange={() => read({ elder: size })}>
            {words}
          </Chip>
        ))}
      </Chips>
    </FieldSet>
  );
}
