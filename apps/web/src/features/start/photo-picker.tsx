import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import styles from './photo-picker.module.css';
import { uploadPhoto } from './upload-photo';

export interface PickedPhoto {
  readonly fileId: string;
  readonly alt: string;
}

/** As many as the api takes. */
const photosMax = 8;

interface PhotoPickerProps {
  readonly photos: readonly PickedPhoto[];
  readonly change: (edit: (photos: readonly PickedPhoto[]) => readonly PickedPhoto[]) => void;
}

/** Photos from the phone: each is made smaller, sent with its progress, and gets words; the first is the cover. */
export function PhotoPicker({ photos, change }: PhotoPickerProps) {
  const { t } = useLingui();
  const { going, trouble, send } = useSending((fileId) => change((now) => [...now, { fileId, alt: '' }]));
  return (
    <fieldset className={styles.photos}>
      <legend>{t`照片（最多 ${photosMax} 张，第一张是封面）`}</legend>
      <ul>
        {photos.map((photo, at) => (
          <li key={photo.fileId}>
            <img src={`/v1/files/${photo.fileId}?size=small`} alt={photo.alt} width={96} height={96} />
            <div>
              <Input
                label={t`第 ${at + 1} 张上有什么`}
                hint={t`说给看不见照片的邻居听`}
                maxLength={120}
                value={photo.alt}
                onChange={({ target }) =>
                  change((now) =>
                    now.map((one) => (one.fileId === photo.fileId ? { ...one, alt: target.value } : one)),
                  )
                }
              />
              <Button onClick={() => change((now) => now.filter(({ fileId }) => fileId !== photo.fileId))}>
                {t`拿掉第 ${at + 1} 张`}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {going && (
        <label className={styles.going}>
          {t`正在传 ${going.name}`}
          <progress value={going.part} max={1} />
        </label>
      )}
      {trouble !== null && <Trouble error={trouble} />}
      {photos.length < photosMax && !going && (
        <label className={styles.add}>
          {t`加照片`}
          <input
            type="file"
            accept="image/*"
            multiple
            onChange={({ target }) => {
              void send([...(target.files ?? [])].slice(0, photosMax - photos.length));
              target.value = '';
            }}
          />
        </label>
      )}
    </fieldset>
  );
}

/** Sends files one after another; a refused one says why, and the others go on. */
function useSending(add: (fileId: string) => void) {
  const [going, setGoing] = useState<{ readonly name: string; readonly part: number } | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const send = async (files: readonly File[]): Promise<void> => {
    setTrouble(null);
    for (const { name, file } of files.map((one) => ({ name: one.name, file: one }))) {
      setGoing({ name, part: 0 });
      try {
        add((await uploadPhoto(file, (part) => setGoing({ name, part }))).id);
      } catch (error) {
        setTrouble(error);
      }
    }
    setGoing(null);
  };
  return { going, trouble, send };
}
