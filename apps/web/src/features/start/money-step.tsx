import { useLingui } from '@lingui/react/macro';
import { api, type Schemas } from '../../api/client';
import { wordsKey } from '../../lib/language';
import { fenOf, yuan } from '../../lib/quantities';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Input, Select } from '../../ui/field';
import { Waiting } from '../../ui/waiting';
import { put, rulesOf, type Draft, type StepProps } from './drafts';
import { useStep } from './step-form';
import styles from './wizard.module.css';

interface CostLine {
  readonly title: string;
  /** As typed. */
  readonly yuan: string;
}

type Rules = Schemas['RulesBody'];

export function MoneyStep({ draft }: StepProps) {
  const { data } = api.useQuery('get', '/v1/campaign-rules', {}, { staleTime: 600_000 });
  return data ? <MoneyForm draft={draft} rules={data} /> : <Waiting lines={5} />;
}

interface MoneyFormProps {
  readonly draft: Draft;
  readonly rules: Schemas['CampaignRules'];
}

function MoneyForm({ draft, rules }: MoneyFormProps) {
  const { t } = useLingui();
  const key = wordsKey();
  const asksMoney = draft.asks.some(({ kind }) => kind === 'money');
  const types = rules.legalTypes.filter(({ money, code }) => (asksMoney ? money : code === 'in_kind_only'));
  const { form, change, frame } = useStep({
    step: 'money',
    draft,
    first: () => {
      const type = types.find(({ code }) => code === draft.money.legalType) ?? types[0];
      return {
        lines: draft.costs.map(({ title, amount }) => ({
          title,
          yuan: yuan(amount).replace(/,/g, ''),
        })) as readonly CostLine[],
        legalType: (type?.code ?? 'in_kind_only') as Rules['legalType'],
        paymentMode: (draft.money.paymentMode ?? 'pay_on_success') as NonNullable<Rules['paymentMode']>,
        surplusPolicy: (type?.surplus.find(({ code }) => code === draft.policies.surplus.code)?.code ??
          type?.surplus[0]?.code ??
          'none') as Rules['surplusPolicy'],
      };
    },
    save: async (at, { lines, legalType, paymentMode, surplusPolicy }) => {
      const type = types.find(({ code }) => code === legalType);
      const costs = lines.map(({ title, yuan: sum }) => ({ title, amount: fenOf(sum) ?? '0' }));
      return put.rules(await put.costs(at, { lines: costs }), {
        ...rulesOf(draft),
        ...{ legalType, surplusPolicy, externalUrl: null, paymentMode: asksMoney ? paymentMode : null },
        failurePolicy: (type?.failure[0]?.code ?? 'release_all') as Rules['failurePolicy'],
      });
    },
  });
  const type = types.find(({ code }) => code === form.legalType) ?? types[0];
  if (!asksMoney) return frame(<Banner tone="note" title={t`这次不收钱，直接下一步。`} />);
  return frame(
    <>
      <Costs lines={form.lines} change={(lines) => change({ lines })} />
      <Select
        label={t`这笔钱算什么`}
        value={form.legalType}
        onChange={(event) => {
          const legalType = event.target.value as Rules['legalType'];
          const first = types.find(({ code }) => code === legalType)?.surplus[0]?.code ?? 'none';
          change({ legalType, surplusPolicy: first as Rules['surplusPolicy'] });
        }}
      >
        {types.map(({ code, words }) => (
          <option key={code} value={code}>
            {words[key]}
          </option>
        ))}
      </Select>
      {type && (
        <Banner>
          <p>{t`依据：${type.basis}`}</p>
          <p>{t`可以收着这笔钱的：${type.holders.map((holder) => holder[key]).join('、')}`}</p>
          {type.failure[0] && <p>{type.failure[0].words[key]}</p>}
        </Banner>
      )}
      <Select
        label={t`什么时候收`}
        value={form.paymentMode}
        onChange={(event) => change({ paymentMode: event.target.value as typeof form.paymentMode })}
      >
        {rules.paymentModes.map(({ code, words }) => (
          <option key={code} value={code}>
            {words[key]}
          </option>
        ))}
      </Select>
      <Select
        label={t`有剩的怎么办`}
        value={form.surplusPolicy}
        onChange={(event) => change({ surplusPolicy: event.target.value as Rules['surplusPolicy'] })}
      >
        {type?.surplus.map(({ code, words }) => (
          <option key={code} value={code}>
            {words[key]}
          </option>
        ))}
      </Select>
    </>,
  );
}

interface CostsProps {
  readonly lines: readonly CostLine[];
  readonly change: (lines: readonly CostLine[]) => void;
}

function Costs({ lines, change }: CostsProps) {
  const { t } = useLingui();
  const set = (index: number, part: Partial<CostLine>) =>
    change(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  const sum = lines.reduce((total, line) => total + BigInt(fenOf(line.yuan) ?? '0'), 0n);
  return (
    <>
      <h2>{t`要花哪些钱`}</h2>
      {lines.map((line, index) => (
        <fieldset key={index} className={styles.card}>
          <legend>{t`第 ${index + 1} 项`}</legend>
          <div className={styles.pair}>
            <Input
              label={t`买什么`}
              maxLength={120}
              value={line.title}
              onChange={(event) => set(index, { title: event.target.value })}
            />
            <Input
              label={t`多少钱`}
              inputMode="decimal"
              suffix={t`元`}
              value={line.yuan}
              onChange={(event) => set(index, { yuan: event.target.value })}
            />
          </div>
          <Button
            look="quiet"
            onClick={() => change(lines.filter((_, at) => at !== index))}
          >{t`去掉这一项`}</Button>
        </fieldset>
      ))}
      <Button onClick={() => change([...lines, { title: '', yuan: '' }])}>{t`加一项`}</Button>
      <p>{t`一共 ¥${yuan(sum.toString())}`}</p>
    </>
  );
}
