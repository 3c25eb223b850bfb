/** Every limit of this context, with its unit last. Characters are Unicode code points. */

/** The custodian answers a challenge within this time; afterwards everybody sees that it is overdue. */
export const answerDays = 7;
/** So long after its end a thread can be taken up again by a reply. */
export const reopenDays = 30;
/** A question of fewer characters asks nothing that the custodian could answer. */
export const questionCharactersMin = 4;
export const messageCharactersMax = 2_000;
/** Photos or documents that the custodian shows with one answer. */
export const answerFilesMax = 3;
export const reasonCharactersMax = 300;
/** Messages of one thread: past these the matter belongs on a table with people around it. */
export const messagesPerThreadMax = 200;

const daySeconds = 86_400;
/** Counted in MySQL for each person, over all communities. */
export const CHALLENGES_A_DAY = { scope: 'book_challenges_day', max: 5, windowSeconds: daySeconds } as const;
export const REPLIES_A_DAY = { scope: 'book_replies_day', max: 30, windowSeconds: daySeconds } as const;

export const receiptNumberCharactersMax = 60;
export const issuerCharactersMax = 120;
