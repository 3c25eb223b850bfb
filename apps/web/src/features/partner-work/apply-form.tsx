import { useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import type { Me } from '../../app/session';
import { Button } from '../../ui/button';
import { Check, Input, Select, TextArea } from '../../ui/field';
import { PARTNER_KINDS } from '../../ui/partner-kinds';
import { Trouble } from '../../ui/trouble';
import { EVIDENCE, EVIDENCE_NEEDED, STATUSES, STATUSES_OF, type Kind, type LegalStatus } from './words';

type Content = Pick<Schemas['PartnerItem'], 'kind' | 'name' | 'legalStatus' | 'registrationNo' | 'about'>;

interface Typed {
  readonly kind: Kind;
  readonly name: string;
  readonly legalStatus: LegalStatus;
  readonly registrationNo: string;
  readonly about: string;
  readonly reference: string;
  readonly validUntil: string;
  readonly publishes: boolean;
}

interface ApplyFormProps {
  readonly me: Me;
  /** What a refused application said; a new one starts empty. */
  readonly before?: Content;
  readonly send: (body: Schemas['PartnerBody']) => Promise<string>;
  readonly onSent: (id: string) => void;
}

const first: Typed = {
  kind: 'social_organisation',
  name: '',
  legalStatus: 'informal',
  registrationNo: '',
  about: '',
  reference: '',
  validUntil: '',
  publishes: false,
};

/** The list of partners is public: whoever stands there as a person agrees to that first. */
async function publishName(): Promise<void> {
  const { items } = await must(http.GET('/v1/consents/terms'));
  const terms = items.find(({ kind }) => kind === 'publish_name');
  if (!terms) return;
  const { kind, version } = terms;
  await must(http.POST('/v1/me/consents', { body: { kind, version } }));
}

function bodyOf(typed: Typed, legalStatus: LegalStatus): Schemas['PartnerBody'] {
  const { kind, name, registrationNo, about, reference, validUntil } = typed;
  return {
    ...{ kind, legalStatus, name: name.trim(), about: about.trim() },
    ...(legalStatus === 'registered' && { registrationNo: registrationNo.trim().toUpperCase() }),
    evidence: reference.trim()
      ? [
          {
            ...{ kind: EVIDENCE_NEEDED[legalStatus], reference: reference.trim() },
            ...(validUntil && { validUntil }),
          },
        ]
      : [],
  };
}

export function ApplyForm({ me, before, send, onSent }: ApplyFormProps) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const form = useForm<Typed>({
    defaultValues: { ...first, ...before, registrationNo: before?.registrationNo ?? '' },
  });
  const [kind, wished] = useWatch({ control: form.control, name: ['kind', 'legalStatus'] });
  const statuses = STATUSES_OF[kind];
  const legalStatus = statuses.includes(wished) ? wished : statuses[0]!;
  const asksConsent = legalStatus === 'natural_person' && !me.consents.includes('publish_name');
  const apply = useMutation({
    mutationFn: async (typed: Typed) => {
      if (asksConsent) await publishName();
      return send(bodyOf(typed, legalStatus));
    },
    onSuccess: async (id) => {
      await queries.invalidateQueries();
      onSent(id);
    },
  });
  const submit = form.handleSubmit((typed) => apply.mutate(typed));
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <WhoFields form={form} statuses={statuses} legalStatus={legalStatus} />
      <TextArea
        label={t`能为社区做什么`}
        maxLength={1000}
        error={errors.about ? t`请写写能为社区做什么` : undefined}
        {...form.register('about', { validate: (typed) => typed.trim() !== '' })}
      />
      <EvidenceFields form={form} legalStatus={legalStatus} />
      {asksConsent && (
        <Check
          label={t`名单是公开的，我同意公开我的全名`}
          error={errors.publishes ? t`不公开名字，就不能写进名单；同意就勾上` : undefined}
          {...form.register('publishes', { required: true })}
        />
      )}
      {apply.error && <Trouble error={apply.error} />}
      <Button type="submit" look="main" busy={apply.isPending}>{t`交给社区核实`}</Button>
    </form>
  );
}

interface PartProps {
  readonly form: ReturnType<typeof useForm<Typed>>;
  readonly legalStatus: LegalStatus;
}

function WhoFields({
  form,
  statuses,
  legalStatus,
}: PartProps & { readonly statuses: readonly LegalStatus[] }) {
  const { t, i18n } = useLingui();
  const { errors } = form.formState;
  return (
    <>
      <Select label={t`您是哪一种`} {...form.register('kind')}>
        {Object.entries(PARTNER_KINDS).map(([kind, words]) => (
          <option key={kind} value={kind}>
            {i18n._(words)}
          </option>
        ))}
      </Select>
      <Input
        label={t`名称`}
        hint={legalStatus === 'natural_person' ? t`您的姓名。写进公开的名单。` : t`写进公开的名单。`}
        maxLength={120}
        error={errors.name ? t`名称要 2 到 120 个字` : undefined}
        {...form.register('name', { validate: (typed) => typed.trim().length >= 2 })}
      />
      {statuses.length > 1 && (
        <Select label={t`怎么登记的`} {...form.register('legalStatus')}>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {i18n._(STATUSES[status])}
            </option>
          ))}
        </Select>
      )}
      {legalStatus === 'registered' && (
        <Input
          label={t`统一社会信用代码`}
          hint={t`18 位，登记证书上有。`}
          maxLength={18}
          autoComplete="off"
          autoCapitalize="characters"
          error={errors.registrationNo ? t`请填 18 位统一社会信用代码` : undefined}
          {...form.register('registrationNo', { pattern: /^\s*[0-9A-Za-z]{18}\s*$/, required: true })}
        />
      )}
    </>
  );
}

function EvidenceFields({ form, legalStatus }: PartProps) {
  const { t, i18n } = useLingui();
  const label = i18n._(EVIDENCE[EVIDENCE_NEEDED[legalStatus]]);
  return (
    <>
      <Input
        label={t`${label}（可以以后再补）`}
        hint={t`写上名称和号码，原件带到社区核对。有了它，社区才能核实。`}
        maxLength={200}
        {...form.register('reference')}
      />
      <Input label={t`有效到哪天（长期有效就不填）`} type="date" {...form.register('validUntil')} />
    </>
  );
}
