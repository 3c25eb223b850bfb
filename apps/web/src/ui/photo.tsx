import type { Schemas } from '../api/client';

interface PhotoProps {
  readonly photo: Schemas['PhotoView'];
  /** How wide it stands on the page, for the browser's choice among the sizes. */
  readonly sizes: string;
  readonly className?: string | undefined;
  /** The first thing that is seen of a page is not put off. */
  readonly first?: boolean;
}

/** A photo in the size that the screen needs; its place is kept before it comes. */
export function Photo({ photo, sizes, className, first = false }: PhotoProps) {
  const largest = photo.sizes.at(-1);
  if (!largest) return null;
  return (
    <img
      className={className}
      src={largest.url}
      srcSet={photo.sizes.map(({ url, width }) => `${url} ${width}w`).join(', ')}
      sizes={sizes}
      width={largest.width}
      height={largest.height}
      alt={photo.alt}
      loading={first ? 'eager' : 'lazy'}
      decoding="async"
    />
  );
}
