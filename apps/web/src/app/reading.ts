import { keepOnDevice, pageState } from '../lib/page-state';

export type Elder = '' | '1' | '2';

/** How somebody reads on this device. public/reading.js puts it on the page before the first paint. */
export interface Reading {
  readonly elder: Elder;
  readonly contrast: boolean;
}

const root = document.documentElement;
const reading = pageState<Reading>({
  elder: (root.dataset.elder ?? '') as Elder,
  contrast: root.dataset.contrast === 'more',
});

export function read(change: Partial<Reading>): void {
  const { elder, contrast } = { ...reading.get(), ...change };
  reading.set({ elder, contrast });
  if (elder) root.dataset.elder = elder;
  else delete root.dataset.elder;
  if (contrast) root.dataset.contrast = 'more';
  else delete root.dataset.contrast;
  keepOnDevice('elder', elder || null);
  keepOnDevice('contrast', contrast ? 'more' : null);
}

export const rememberLanguage = (locale: string): void => keepOnDevice('language', locale);

export const useReading = (): Reading => reading.use();
