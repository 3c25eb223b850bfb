/** The short address of a campaign that everybody may read, such as `https://…/s/01m8…`: less to type, and a coarser code. */
export const shortLink = (campaignId: string): string =>
  `${location.origin}/s/${campaignId.replace(/^cmp_/, '')}`;
