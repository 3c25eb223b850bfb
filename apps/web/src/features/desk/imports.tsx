import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Input, Select } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { DeskPage } from '../console';
import styles from './desk.module.css';

type Read = Schemas['ImportView'];

/** Files of the ground: looked through first, then read as a whole or not at all; and the same files back. */
export function ImportsPage() {
  const { t } = useLingui();
  return (
    <DeskPage
      title={t`导入和导出`}
      lead={t`表格存成 CSV（UTF-8）。先试读，没有错再导入；同一个文件导两遍也只算一遍。`}
      roles={['community_staff', 'platform_admin']}
    >
      {(desk) => <Imports communityId={desk.communityId} isAdmin={desk.is('platform_admin')} />}
    </DeskPage>
  );
}

interface ImportsProps {
  readonly communityId: string;
  readonly isAdmin: boolean;
}

function Imports({ communityId, isAdmin }: ImportsProps) {
  const { t } = useLingui();
  const kinds: readonly (readonly [string, string])[] = [
    ...(isAdmin
      ? ([
          ['regions', t`区和街道`],
          ['communities', t`社区`],
        ] as const)
      : []),
    ['estates', t`院落`],
    ['grids', t`网格`],
    ['households', t`住户`],
  ];
  const [kind, setKind] = useState(isAdmin ? 'regions' : 'households');
  const [file, setFile] = useState<File | null>(null);
  const scope: Record<string, string> = kind === 'regions' || kind === 'communities' ? {} : { communityId };
  const reading = useReading(kind, scope);
  const choose = (next: File | null) => {
    setFile(next);
    reading.forget();
  };
  return (
    <div className={styles.form}>
      <Select
        label={t`哪一种表`}
        value={kind}
        onChange={({ target }) => {
          setKind(target.value);
          reading.forget();
        }}
      >
        {kinds.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      <p>
        <a href={`/v1/exports/${kind}?${new URLSearchParams(scope).toString()}`} download={`${kind}.csv`}>
          {t`导出现有的表`}
        </a>
      </p>
      <Input
        label={t`文件`}
        type="file"
        accept=".csv,text/csv"
        onChange={({ target }) => choose(target.files?.[0] ?? null)}
      />
      {reading.error !== undefined && <Trouble error={reading.error} />}
      {reading.read && <Result read={reading.read} />}
      <div className={styles.acts}>
        <Button
          look={reading.read?.dryRun ? 'plain' : 'main'}
          disabled={!file}
          busy={reading.busy}
          onClick={() => file && reading.send(file, true)}
        >
          {t`先试读`}
        </Button>
        {file && reading.read?.dryRun && (
          <Button look="main" busy={reading.busy} onClick={() => reading.send(file, false)}>
            {t`导入`}
          </Button>
        )}
      </div>
    </div>
  );
}

function useReading(kind: string, query: Record<string, string>) {
  const queries = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; read?: Read; error?: unknown }>({ busy: false });
  const send = async (file: File, dryRun: boolean) => {
    setState({ busy: true });
    try {
      const read = await must(
        http.POST('/v1/imports/{kind}', {
          params: {
            path: { kind: kind as 'estates' },
            query: { ...query, dryRun: dryRun ? 'true' : 'false' },
          },
          body: '',
          bodySerializer: () => file,
          headers: { 'Content-Type': 'text/csv' },
        }),
      );
      setState({ busy: false, read });
      if (!dryRun) await queries.invalidateQueries();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return {
    ...state,
    send: (file: File, dryRun: boolean) => void send(file, dryRun),
    forget: () => setState({ busy: false }),
  };
}

function Result({ read }: { readonly read: Read }) {
  const { t } = useLingui();
  const { rows, created, updated, unchanged, dryRun } = read;
  return (
    <Banner tone="done" live title={dryRun ? t`试读没有问题，还没有导入。` : t`导入好了。`}>
      <p>{t`${rows} 行：新增 ${created}，改动 ${updated}，没变 ${unchanged}。`}</p>
    </Banner>
  );
}
