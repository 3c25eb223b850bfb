import { useLingui } from '@lingui/react/macro';
import { Link, useCanGoBack, useRouter, useRouterState } from '@tanstack/react-router';
import { ALargeSmall, ChevronLeft, Languages } from 'lucide-react';
import { api } from '../api/client';
import { Plate } from '../ui/plate';
import { useCommunityId } from './community';
import { read, rememberLanguage, useReading, type Elder } from './reading';
import styles from './top-bar.module.css';
import { speak } from './words';

const nextElder: Readonly<Record<Elder, Elder>> = { '': '1', '1': '2', '2': '' };

export function TopBar() {
  return (
    <header className={styles.bar}>
      <Back />
      <Community />
      <span className={styles.tools}>
        <LanguageSwitch />
        <LetterSwitch />
      </span>
    </header>
  );
}

function Back() {
  const { t } = useLingui();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  if (path === '/') return null;
  return (
    <button
      type="button"
      className={styles.back}
      aria-label={t`返回`}
      onClick={() => (canGoBack ? router.history.back() : void router.navigate({ to: '/' }))}
    >
      <ChevronLeft aria-hidden size={24} />
    </button>
  );
}

function Community() {
  const { t } = useLingui();
  const id = useCommunityId();
  const { data } = api.useQuery(
    'get',
    '/v1/communities/{id}',
    { params: { path: { id: id ?? '' } } },
    { enabled: id !== null, staleTime: 600_000 },
  );
  return (
    <Link
      to="/communities"
      className={styles.community}
      aria-label={data ? t`${data.name}，换一个社区` : t`选社区`}
    >
      <Plate>{data?.name ?? t`选社区`}</Plate>
    </Link>
  );
}

function LanguageSwitch() {
  const { t, i18n } = useLingui();
  const other = i18n.locale === 'en' ? 'zh-CN' : 'en';
  const change = async () => {
    await speak(other);
    rememberLanguage(other);
  };
  return (
    <button type="button" className={styles.language} lang={other} onClick={() => void change()}>
      <Languages aria-hidden size={20} />
      <span>{other === 'en' ? 'English' : '中文'}</span>
      <span className="sr-only" lang={i18n.locale}>{t`切换语言`}</span>
    </button>
  );
}

function LetterSwitch() {
  const { t } = useLingui();
  const { elder } = useReading();
  const words = { '': t`大字版`, '1': t`特大字`, '2': t`标准字` }[elder];
  return (
    <button type="button" className={styles.letters} onClick={() => read({ elder: nextElder[elder] })}>
      <ALargeSmall aria-hidden size={22} />
      {words}
    </button>
  );
}
