import { Photo } from '../../ui/photo';
import type { CampaignPage } from './campaign';
import styles from './photos.module.css';

/** The first photo of a campaign, under its name. */
export function Cover({ campaign: { photos } }: { readonly campaign: CampaignPage }) {
  const [cover] = photos;
  if (!cover) return null;
  return <Photo photo={cover} first sizes="(min-width: 1000px) 640px, 100vw" className={styles.cover} />;
}

/** The others, side by side; each opens in full. */
export function MorePhotos({ campaign: { photos } }: { readonly campaign: CampaignPage }) {
  const more = photos.slice(1);
  if (more.length === 0) return null;
  return (
    <ul className={styles.more}>
      {more.map((photo) => (
        <li key={photo.fileId}>
          <a href={photo.sizes.at(-1)?.url}>
            <Photo photo={photo} sizes="(min-width: 1000px) 210px, 45vw" className={styles.small} />
          </a>
        </li>
      ))}
    </ul>
  );
}
