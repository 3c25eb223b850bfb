import { useMemo } from 'react';
import { renderSVG } from 'uqr';

interface QrProps {
  readonly link: string;
  readonly alt: string;
  readonly className?: string | undefined;
}

/** A link as a square to scan; sharp at every size, also on paper. */
export function Qr({ link, alt, className }: QrProps) {
  const code = useMemo(() => `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(link))}`, [link]);
  return <img className={className} src={code} width={220} height={220} alt={alt} />;
}
