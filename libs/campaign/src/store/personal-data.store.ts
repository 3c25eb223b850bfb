import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import { CAMPAIGN_MACHINE } from '../domain/campaign.machine.js';
import { ACTIVE_PLEDGE_STATES } from '../domain/pledge.machine.js';

const RUNNING = CAMPAIGN_MACHINE.states.filter((state) => !CAMPAIGN_MACHINE.isFinal(state));

/** What these tables hold on one person, for export and for leaving. */
@Injectable()
export class PersonalDataStore {
  constructor(private readonly database: Database) {}

  async export(personId: Id<'per'>): Promise<Record<string, unknown>> {
    const rows = (text: string) => this.database.rows<Record<string, unknown>>(text, [personId]);
    return {
      needs: await rows(
        `SELECT id, title, text, place_text AS placeText, state, created_at AS createdAt
         FROM need WHERE raised_by = ? ORDER BY id`,
      ),
      meToo: await rows(
        `SELECT need_id AS needId, household_id AS householdId, created_at AS createdAt
         FROM need_echo WHERE person_id = ? ORDER BY need_id`,
      ),
      campaigns: await rows(
        `SELECT id, state, title, lead_text AS \`lead\`, story, beneficiaries, place_text AS placeText, plan, risks,
                created_at AS createdAt FROM campaign WHERE organiser_id = ? ORDER BY id`,
      ),
      photos: await rows(
        `SELECT p.campaign_id AS campaignId, p.position, p.file_id AS fileId, p.alt
         FROM campaign_photo p JOIN campaign c ON c.id = p.campaign_id WHERE c.organiser_id = ?
         ORDER BY p.campaign_id, p.position`,
      ),
      objections: await rows(
        `SELECT id, campaign_id AS campaignId, text, state, answer, created_at AS createdAt
         FROM objection WHERE person_id = ? ORDER BY id`,
      ),
      pledges: await rows(
        `SELECT p.id, p.campaign_id AS campaignId, p.kind, p.quantity, p.state, p.anonymous,
                p.consent_evidence AS consentEvidence, t.text, p.created_at AS createdAt
         FROM pledge p LEFT JOIN pledge_text t ON t.pledge_id = p.id WHERE p.person_id = ? ORDER BY p.id`,
      ),
      matches: await rows(
        `SELECT pledge_id AS pledgeId, pool_id AS poolId, amount, returned, code, state, reason
         FROM match_reservation WHERE person_id = ? ORDER BY pledge_id, pool_id`,
      ),
    };
  }

  async openObjections(tx: Tx, personId: Id<'per'>): Promise<Id<'obj'>[]> {
    return ids(tx, 'SELECT id FROM objection WHERE person_id = ? AND state IN (?)', personId, ['open']);
  }

  async running(tx: Tx, organiserId: Id<'per'>): Promise<Id<'cmp'>[]> {
    return ids(tx, 'SELECT id FROM campaign WHERE organiser_id = ? AND state IN (?)', organiserId, RUNNING);
  }

  async openPledges(tx: Tx, personId: Id<'per'>): Promise<Id<'plg'>[]> {
    const states = [...ACTIVE_PLEDGE_STATES];
    return ids(tx, 'SELECT id FROM pledge WHERE person_id = ? AND state IN (?)', personId, states);
  }

  /** Campaigns that were cancelled before anybody but staff saw them. */
  async unseenDrafts(tx: Tx, organiserId: Id<'per'>): Promise<Id<'cmp'>[]> {
    const text = 'SELECT id FROM campaign WHERE organiser_id = ? AND state IN (?) AND notice_ends_at IS NULL';
    return ids(tx, text, organiserId, ['cancelled']);
  }

  /** Empties campaigns that were cancelled before anybody but staff saw them. */
  async emptyUnseenDrafts(tx: Tx, organiserId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE campaign SET title = '', lead_text = '', story = '', beneficiaries = '', place_text = '', plan = '',
              risks = '', version = version + 1
       WHERE organiser_id = ? AND state = 'cancelled' AND notice_ends_at IS NULL`,
      [organiserId],
    );
  }

  /** The words of a settled objection were the person's; that there was one, and the answer to it, stay. */
  async emptyObjections(tx: Tx, personId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change("UPDATE objection SET text = '' WHERE person_id = ? AND state <> 'open'", [
      personId,
    ]);
  }
}

async function ids<P extends string>(
  tx: Tx,
  text: string,
  personId: Id<'per'>,
  states: readonly string[],
): Promise<Id<P>[]> {
  return (await sqlOf(tx).rows<{ id: Id<P> }>(text, [personId, states])).map(({ id }) => id);
}
