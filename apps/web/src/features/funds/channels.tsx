import { useLingui } from '@lingui/react/macro';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { moment } from '../../lib/dates';
import { Empty } from '../../ui/empty';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act, type Desk } from '../console';
import { useGatewayWords } from './custody-words';
import { Facts, Section } from './facts';
import styles from './funds.module.css';
import { HANDS } from './roles';
import { Standing } from './standing';

type Channel = Schemas['ChannelView'];

interface ChannelsProps {
  readonly account: Schemas['CustodyAccountView'];
  readonly desk: Desk;
}

/** Merchant accounts of the custodian: staff fills in the keys, somebody else puts them to use. */
export function Channels({ account, desk }: ChannelsProps) {
  const { t } = useLingui();
  const params = { params: { path: { id: account.id } } };
  const { data, error, refetch } = api.useQuery('get', '/v1/custody-accounts/{id}/channels', params);
  const mayPropose = desk.is('community_staff') && account.state !== 'closed';
  return (
    <Section id="channels" title={t`网上付款`} acts={mayPropose && <ProposeChannel accountId={account.id} />}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!error && !data && <Waiting lines={4} />}
      {data?.items.length === 0 && <Empty says={t`还没有开网上付款。`} />}
      {data?.items.map((channel) => (
        <OneChannel key={channel.id} channel={channel} desk={desk} />
      ))}
    </Section>
  );
}

function OneChannel({ channel, desk }: { readonly channel: Channel; readonly desk: Desk }) {
  const { t } = useLingui();
  const gateways = useGatewayWords();
  const { check, keys } = channel;
  const keyStates = { proposed: t`等启用`, current: t`在用`, previous: t`旧的`, dropped: t`不要了` };
  return (
    <div className={styles.card}>
      <h3>{`${gateways[channel.gateway]} ${channel.merchantRef}`}</h3>
      <Facts
        rows={[
          [t`状态`, <Standing key="state" of="custody" state={channel.state} />],
          [t`上次检查`, <Standing key="check" of="check" state={check.state} />],
          [t`什么时候查的`, check.at && moment(check.at)],
          [t`支付机构说`, check.detail],
          [t`密钥`, keys.map(({ revision, state }) => t`第 ${revision} 套${keyStates[state]}`).join(t`；`)],
        ]}
      />
      {channel.state !== 'closed' && <ChannelActs channel={channel} desk={desk} />}
    </div>
  );
}

function ChannelActs({ channel, desk }: { readonly channel: Channel; readonly desk: Desk }) {
  const { t } = useLingui();
  const params = { path: { id: channel.id } };
  const hasNews = channel.state === 'proposed' || channel.keys.some(({ state }) => state === 'proposed');
  return (
    <div className={styles.acts}>
      {desk.is('fund_approver') && hasNews && (
        <Act
          label={t`启用`}
          look="main"
          lead={t`先检查过能用，再启用。填的人自己不能启用。`}
          run={() => must(http.POST('/v1/channels/{id}/activate', { params }))}
        />
      )}
      {desk.is('community_staff') && channel.keyFields.length > 0 && <EnterKeys channel={channel} />}
      {desk.is(...HANDS) && (
        <Act
          label={t`检查`}
          lead={t`问一问支付机构，密钥能不能用。`}
          run={() => must(http.POST('/v1/channels/{id}/check', { params }))}
        />
      )}
      {desk.is('fund_approver') && (
        <Act
          label={t`停用`}
          look="danger"
          lead={t`不再收新的钱；退款照样退。`}
          run={() => must(http.POST('/v1/channels/{id}/close', { params }))}
        />
      )}
    </div>
  );
}

function EnterKeys({ channel }: { readonly channel: Channel }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`填密钥`}
      lead={t`填好以后谁也看不到。另一位启用以前，原来的照用。`}
      fields={channel.keyFields.map(({ name, text, required }) => ({
        ...{ name, label: name, hint: text, optional: !required },
        kind: 'text' as const,
      }))}
      run={(typed: Readonly<Record<string, string>>) =>
        must(
          http.PUT('/v1/channels/{id}/keys', {
            params: { path: { id: channel.id } },
            body: { keys: Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== '')) },
          }),
        )
      }
    />
  );
}

function ProposeChannel({ accountId }: { readonly accountId: string }) {
  const { t } = useLingui();
  const { wechat, alipay, sandbox } = useGatewayWords();
  return (
    <Act
      label={t`登记商户号`}
      lead={t`必须是这个单位自己的商户号。`}
      fields={[
        {
          name: 'gateway',
          label: t`支付机构`,
          kind: 'choice',
          options: [
            ['wechat', wechat],
            ['alipay', alipay],
            ['sandbox', sandbox],
          ],
        },
        { name: 'merchantRef', label: t`商户号` },
      ]}
      run={({ gateway, merchantRef }) =>
        must(
          http.POST('/v1/custody-accounts/{id}/channels', {
            params: { path: { id: accountId } },
            body: { gateway: gateway as Schemas['ProposeChannelBody']['gateway'], merchantRef },
          }),
        )
      }
    />
  );
}
