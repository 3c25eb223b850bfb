import { useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { api, http, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { Page } from '../../app/page';
import { Paged } from '../../app/paged';
import { Empty } from '../../ui/empty';
import { CardList } from '../../ui/card-list';
import { PARTNER_KINDS } from '../../ui/partner-kinds';
import { Stamp } from '../../ui/plate';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './partners.module.css';

/** Who has been verified and may take on work for a community. */
export function PartnersPage() {
  const { t, i18n } = useLingui();
  return (
    <Page title={t`社会组织和合伙人`} lead={t`他们核实过，可以接社区的事。`}>
      <Paged<Schemas['PartnerPage']>
        queryKey={['get', '/v1/partners']}
        read={(query) => http.GET('/v1/partners', { params: { query } })}
        empty={<Empty says={t`还没有核实过的组织。`} />}
      >
        {(partners) => (
          <CardList>
            {partners.map((partner) => (
              <li key={partner.id}>
                <Link to="/partners/$id" params={{ id: partner.id }}>
                  <b>{partner.name}</b>
                  <span>{i18n._(PARTNER_KINDS[partner.kind])}</span>
                  <span>{partner.about}</span>
                </Link>
              </li>
            ))}
          </CardList>
        )}
      </Paged>
    </Page>
  );
}

export function PartnerPage() {
  const { t, i18n } = useLingui();
  const { id } = useParams({ from: '/partners/$id' });
  const { data, error, refetch } = api.useQuery('get', '/v1/partners/{id}', { params: { path: { id } } });
  if (isProblem(error) && error.status === 404) return <Lost />;
  return (
    <Page title={data?.name ?? t`社会组织`}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting lines={4} />}
      {data && (
        <>
          <p className={styles.kind}>
            {data.state === 'verified' && <Stamp>{t`已核实`}</Stamp>}
            <span>{i18n._(PARTNER_KINDS[data.kind])}</span>
            {data.registrationNo && <span>{t`登记号 ${data.registrationNo}`}</span>}
          </p>
          <p className={styles.about}>{data.about}</p>
        </>
      )}
    </Page>
  );
}
