import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { DeskPage, Filter, type Desk } from '../console';
import { BankLines } from './bank-lines';
import { CustodyChoice } from './custody-choice';
import styles from './funds.module.css';
import { MONEY_ROLES } from './roles';

/** The bank's own list of what came in, compared with what was promised. Nothing is booked by itself. */
export function BankPage() {
  const { t } = useLingui();
  return (
    <DeskPage
      title={t`银行流水`}
      lead={t`导入银行给的 CSV 表，对出是谁交的钱。对上了也要另一位确认才记账。`}
      roles={MONEY_ROLES}
    >
      {(desk) => (
        <CustodyChoice communityId={desk.communityId}>
          {(accountId) => <Statement key={accountId} accountId={accountId} desk={desk} />}
        </CustodyChoice>
      )}
    </DeskPage>
  );
}

function Statement({ accountId, desk }: { readonly accountId: string; readonly desk: Desk }) {
  const { t } = useLingui();
  const [state, setState] = useState<Schemas['BankLineView']['state']>('proposed');
  return (
    <>
      {desk.is('community_staff') && <Import accountId={accountId} />}
      <Filter
        label={t`哪一些`}
        value={state}
        onChange={setState}
        options={[
          ['proposed', t`猜到是谁的`],
          ['unmatched', t`没对上的`],
          ['accepted', t`对上了`],
          ['dismissed', t`不是众筹的钱`],
        ]}
      />
      <BankLines accountId={accountId} state={state} desk={desk} />
    </>
  );
}

function Import({ accountId }: { readonly accountId: string }) {
  const { t } = useLingui();
  const [file, setFile] = useState<File | null>(null);
  const importing = useImport(accountId);
  return (
    <section className={styles.form} aria-label={t`导入流水`}>
      <Input
        label={t`银行导出的 CSV`}
        hint={t`要有日期和收入两列。同一个文件导两遍也只算一遍。`}
        type="file"
        accept=".csv,text/csv"
        onChange={({ target }) => {
          setFile(target.files?.[0] ?? null);
          importing.forget();
        }}
      />
      {importing.error !== undefined && <Trouble error={importing.error} />}
      {importing.read && <Result read={importing.read} />}
      <p className={styles.acts}>
        <Button
          look="main"
          disabled={!file}
          busy={importing.busy}
          onClick={() => file && importing.send(file)}
        >
          {t`导入`}
        </Button>
      </p>
    </section>
  );
}

type Read = Schemas['BankStatementView'];

function useImport(accountId: string) {
  const queries = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; read?: Read; error?: unknown }>({ busy: false });
  const send = async (file: File) => {
    setState({ busy: true });
    try {
      const read = await must(
        http.POST('/v1/custody-accounts/{id}/bank-statements', {
          params: { path: { id: accountId } },
          body: '',
          bodySerializer: () => file,
          headers: { 'Content-Type': 'text/csv' },
        }),
      );
      setState({ busy: false, read });
      await queries.invalidateQueries();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return {
    ...state,
    send: (file: File) => void send(file),
    forget: () => setState({ busy: false }),
  };
}

function Result({ read: { lines, incoming, created, known } }: { readonly read: Read }) {
  const { t } = useLingui();
  return (
    <Banner tone="done" live title={t`导入好了。`}>
      <p>{t`${lines} 行里有 ${incoming} 笔收入：新的 ${created} 笔，以前导过的 ${known} 笔。`}</p>
    </Banner>
  );
}
