/** Every limit of this context, with its unit last. Characters are Unicode code points. */

export const titleCharactersMax = 60;
export const leadCharactersMax = 120;
export const storyCharactersMax = 10_000;
export const beneficiariesCharactersMax = 500;
export const placeCharactersMax = 200;
export const planCharactersMax = 10_000;
export const risksCharactersMax = 5_000;
export const lineTitleCharactersMax = 120;
export const needTextCharactersMax = 2_000;
export const reasonCharactersMax = 500;
export const objectionCharactersMax = 1_000;
export const externalUrlCharactersMax = 500;
export const skillCharactersMax = 60;
export const credentialCharactersMax = 120;
export const unitLabelCharactersMax = 10;

/** What is to be seen on a photo. */
export const altCharactersMax = 120;

export const photosMax = 8;
export const asksMax = 20;
export const slotsPerAskMax = 60;
export const slotCapacityMax = 1_000;
export const slotMinutesMin = 15n;
export const slotMinutesMax = 720n;
export const costLinesMax = 50;
export const milestonesMax = 20;
/** What one person may put before their neighbours in 24 hours, and keep unfinished, so that nobody floods a place. */
export const needsADayMax = 5;
export const draftsADayMax = 30;
export const draftsAtOnceMax = 10;
/** Promises of one person to one ask, the withdrawn ones too. Far above what an ask with 60 slots leads anybody to. */
export const pledgesOfPersonMax = 100;
/** The least money in one promise, in fen: one yuan. Below, moving it costs more than it brings. */
export const moneyPledgeFenMin = 100n;
/** All shares of the money together: one hundred percent in hundredths of a percent. */
export const sharesBps = 10_000;
/** One sum of a cost line, in fen: ten million yuan, far above a community's project. */
export const costLineFenMax = 1_000_000_000n;
/** A money ask may admit this much of its costs, so that some who do not pay do not fail it (domain.md §4.3 M1). */
export const oversubscriptionPercentMax = 110n;

/** A campaign takes at least an hour and at most 60 days from its opening to its last possible deadline. */
export const openMinutesMin = 60;
export const openDaysMax = 60;
export const extensionDaysMax = 30;
/** Payments of the frozen kind are freed to the merchant 30 days after each payment, so all is over by day 28 (domain.md §4.3 M2). */
export const payNowDaysMax = 28;
/** Who promises money that is to be paid at once keeps its place unpaid for this long: as long as a payment page lives. */
export const payNowHoursMax = 2;
/** Of these, what deciding and refunding may take. */
export const payNowSettleDays = 3;
/** The collection window is three to seven days where money is taken after success (domain.md §4.3 M1). */
export const collectionHoursMin = 72;
export const collectionHoursMax = 168;

export const millisecondsPerMinute = 60_000;
export const millisecondsPerHour = 3_600_000;
/** A day here is 24 hours: lengths are measured between instants, never counted in calendar days. */
export const millisecondsPerDay = 86_400_000;

/** Length as a reader counts it: an emoji or a rare character is one. */
export function characters(text: string): number {
  return [...text].length;
}
