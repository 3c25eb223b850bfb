import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api, type Schemas } from '../../api/client';
import { Button } from '../../ui/button';
import { Input, Select } from '../../ui/field';
import { Sheet } from '../../ui/sheet';
import { Trouble } from '../../ui/trouble';
import styles from './partner-work.module.css';
import { EVIDENCE, EVIDENCE_NEEDED, type EvidenceKind } from './words';

type Detail = Schemas['PartnerDetailView'];

/** Another document, such as the certificate of the next year; by an owner or by staff. */
export function AddEvidence({ partner }: { readonly partner: Detail }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.actions}>
      <Button onClick={() => setOpen(true)}>{t`补一份材料`}</Button>
      {open && <EvidenceSheet partner={partner} onClose={() => setOpen(false)} />}
    </div>
  );
}

function EvidenceSheet({ partner, onClose }: { readonly partner: Detail; readonly onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { id, legalStatus } = partner;
  const queries = useQueryClient();
  const form = useForm<{ kind: EvidenceKind; reference: string; validUntil: string }>({
    defaultValues: { kind: EVIDENCE_NEEDED[legalStatus], reference: '', validUntil: '' },
  });
  const add = api.useMutation('post', '/v1/partners/{id}/evidence', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries();
    },
  });
  const submit = form.handleSubmit(({ kind, reference, validUntil }) =>
    add.mutate({
      params: { path: { id } },
      body: { kind, reference: reference.trim(), ...(validUntil && { validUntil }) },
    }),
  );
  return (
    <Sheet typing title={t`补一份材料`} lead={t`写上证件的名称和号码，原件带到社区核对。`} onClose={onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Select label={t`什么材料`} {...form.register('kind')}>
          {Object.entries(EVIDENCE).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {i18n._(words)}
            </option>
          ))}
        </Select>
        <Input
          label={t`名称或号码`}
          maxLength={200}
          error={form.formState.errors.reference ? t`请填名称或号码` : undefined}
          {...form.register('reference', { validate: (typed) => typed.trim() !== '' })}
        />
        <Input label={t`有效到哪天（长期有效就不填）`} type="date" {...form.register('validUntil')} />
        {add.error && <Trouble error={add.error} />}
        <div className={styles.actions}>
          <Button type="submit" look="main" busy={add.isPending}>{t`补上`}</Button>
          <Button onClick={onClose}>{t`先不了`}</Button>
        </div>
      </form>
    </Sheet>
  );
}
