import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Trouble } from '../../ui/trouble';
import styles from './mine.module.css';

export function MyDataPage() {
  const { t } = useLingui();
  return (
    <Page title={t`我的资料`} lead={t`平台记着您的什么，您都能拿走；不用了，也能注销。`}>
      <NeedSignIn>{() => <MyData />}</NeedSignIn>
    </Page>
  );
}

const fileName = 'hehuo-my-data.json';
/** Long enough for any browser to have begun to write the file. */
const keptMs = 60_000;

/** Everything that is held on the person, as a file of this device; says how large it is, in kB. */
async function download(): Promise<number> {
  const data = await must(http.GET('/v1/me/export'));
  const file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' });
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
  return Math.ceil(file.size / 1000);
}

function MyData() {
  const { t } = useLingui();
  const save = useMutation({ mutationFn: download });
  const kilobytes = save.data ?? 0;
  return (
    <div className={styles.cards}>
      <section className={styles.card} aria-labelledby="take">
        <h2 id="take">{t`下载我的资料`}</h2>
        <p>{t`名字、手机号、住处、同意过的、答应的事、付的钱、提的问题，都在一个文件里。文件里是原文，不要发给别人。`}</p>
        {save.isPending && (
          <p role="status" className={styles.progress}>
            <span>{t`正在收拾您的资料…`}</span>
            <progress aria-label={t`正在收拾您的资料`} />
          </p>
        )}
        {save.error && <Trouble error={save.error} />}
        {save.isSuccess && (
          <Banner tone="done" live title={t`下载好了。`}>
            <p>{t`文件叫 ${fileName}，${kilobytes} kB，在手机或电脑的「下载」里。`}</p>
          </Banner>
        )}
        <div className={styles.actions}>
          <Button look="main" busy={save.isPending} onClick={() => save.mutate()}>{t`下载`}</Button>
        </div>
      </section>
      <section className={styles.card} aria-labelledby="leave">
        <h2 id="leave">{t`注销账号`}</h2>
        <p>{t`不再用了，可以把账号和个人信息都删掉。`}</p>
        <div className={styles.actions}>
          <ButtonLink look="danger" to="/me/close">{t`看看怎么注销`}</ButtonLink>
        </div>
      </section>
    </div>
  );
}
