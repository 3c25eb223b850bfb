import { loggedStateInvariant, type Invariant } from '@hehuo/platform';

const OPENED = "('open', 'closing', 'collecting', 'succeeded', 'failed', 'delivering', 'completed')";
/** States that a campaign reaches only after a complete submission. */
const SUBMITTED = `('in_review', 'notice', 'open', 'closing', 'collecting', 'succeeded', 'failed', 'delivering',
  'completed', 'suspended')`;
const BY_MONEY = `SELECT m.campaign_id, SUM(m.share_bps) AS shares,
    EXISTS (SELECT 1 FROM ask a WHERE a.campaign_id = m.campaign_id AND a.kind = 'money') AS money
  FROM milestone m GROUP BY m.campaign_id`;

export const LAUNCH_INVARIANTS: readonly Invariant[] = [
  loggedStateInvariant('campaign.logged', 'campaign'),
  loggedStateInvariant('need.logged', 'need'),
  loggedStateInvariant('objection.logged', 'objection'),
  loggedStateInvariant('task.logged', 'task'),
  {
    name: 'need.echoes-counted',
    statement: 'A need counts exactly the households that said "me too".',
    sql: `SELECT n.id FROM need n LEFT JOIN (SELECT need_id, COUNT(*) AS echoes FROM need_echo GROUP BY need_id) e
            ON e.need_id = n.id WHERE n.echo_count <> COALESCE(e.echoes, 0)`,
  },
  {
    name: 'need.grown-has-campaign',
    statement: 'A need has grown exactly when a campaign that was not cancelled has grown from it.',
    sql: `SELECT n.id FROM need n LEFT JOIN campaign c ON c.id = n.campaign_id
          WHERE (n.state = 'grown') <> (c.id IS NOT NULL AND c.need_id = n.id AND c.state <> 'cancelled')`,
  },
  {
    name: 'campaign.open-has-intake',
    statement:
      'A campaign that was opened has an intake with the same deadline, and one not yet opened has none.',
    sql: `SELECT c.id, c.state FROM campaign c LEFT JOIN intake i ON i.campaign_id = c.id
          WHERE (c.state IN ${OPENED} AND (i.campaign_id IS NULL OR i.deadline <> c.deadline))
             OR (c.state IN ('draft', 'in_review', 'returned', 'notice') AND i.campaign_id IS NOT NULL)`,
  },
  {
    name: 'campaign.intake-follows',
    statement: 'Pledges are admitted exactly while the campaign is open.',
    sql: `SELECT c.id, c.state, i.state AS intake FROM campaign c JOIN intake i ON i.campaign_id = c.id
          WHERE (c.state = 'open') <> (i.state = 'open') OR (c.state = 'suspended') <> (i.state = 'suspended')`,
  },
  {
    name: 'campaign.ask-has-counter',
    statement: 'Every ask of an opened campaign has its counter.',
    sql: `SELECT a.id FROM ask a JOIN intake i ON i.campaign_id = a.campaign_id
          LEFT JOIN ask_intake k ON k.ask_id = a.id WHERE k.ask_id IS NULL`,
  },
  {
    name: 'campaign.milestone-shares',
    statement:
      'The milestones of a submitted campaign share all of its money, or nothing where it asks for none.',
    sql: `SELECT s.campaign_id, s.shares FROM (${BY_MONEY}) s JOIN campaign c ON c.id = s.campaign_id
          WHERE c.state IN ${SUBMITTED} AND s.shares <> 10000 AND (s.money = 1 OR s.shares <> 0)`,
  },
  {
    name: 'campaign.money-has-custodian',
    statement: 'A campaign that neighbours can see and that asks for money names who holds it.',
    sql: `SELECT c.id FROM campaign c WHERE c.custody_account_id IS NULL AND c.state IN ('notice', 'open', 'closing',
            'collecting', 'succeeded', 'delivering', 'completed')
          AND EXISTS (SELECT 1 FROM ask a WHERE a.campaign_id = c.id AND a.kind = 'money')`,
  },
  {
    name: 'campaign.money-within-costs',
    statement: 'No submitted campaign wants more money than its cost lines.',
    sql: `SELECT a.id FROM ask a JOIN campaign c ON c.id = a.campaign_id
          LEFT JOIN (SELECT campaign_id, SUM(amount) AS total FROM cost_line GROUP BY campaign_id) l ON l.campaign_id = c.id
          WHERE a.kind = 'money' AND c.state IN ${SUBMITTED} AND a.wanted > COALESCE(l.total, 0)`,
  },
  {
    name: 'campaign.work-has-places',
    statement: 'The slots of an ask for work hold what it wants, and only work has slots.',
    sql: `SELECT a.id FROM ask a
          LEFT JOIN (SELECT ask_id, SUM(TIMESTAMPDIFF(MINUTE, starts_at, ends_at) * capacity) AS minutes
                     FROM slot GROUP BY ask_id) s ON s.ask_id = a.id
          WHERE (a.kind IN ('labour', 'skilled_work') AND COALESCE(s.minutes, 0) < a.wanted)
             OR (a.kind NOT IN ('labour', 'skilled_work') AND s.ask_id IS NOT NULL)`,
  },
  {
    name: 'campaign.photos-are-its-files',
    statement:
      'Every photo of a campaign is a file that belongs to it, and every such file is one of its photos.',
    sql: `SELECT p.file_id FROM campaign_photo p LEFT JOIN stored_file f
            ON f.id = p.file_id AND f.object_type = 'campaign_photo' AND f.object_id = p.campaign_id
          WHERE f.id IS NULL
          UNION ALL SELECT f.id FROM stored_file f LEFT JOIN campaign_photo p ON p.file_id = f.id
          WHERE f.object_type = 'campaign_photo' AND p.file_id IS NULL`,
  },
  {
    name: 'campaign.opened-after-notice',
    statement: 'No campaign opened before its notice was over.',
    sql: `SELECT id FROM campaign WHERE opened_at IS NOT NULL AND (notice_ends_at IS NULL OR opened_at < notice_ends_at)`,
  },
  {
    name: 'campaign.approved-by-another',
    statement: 'Nobody judged their own campaign.',
    sql: `SELECT r.campaign_id FROM review_item r JOIN campaign c ON c.id = r.campaign_id
          WHERE r.reviewer_id = c.organiser_id`,
  },
  {
    name: 'campaign.extended-once',
    statement: 'A deadline moved only where the rule of the campaign allows it.',
    sql: 'SELECT id FROM campaign WHERE extended_at IS NOT NULL AND extension_days_max = 0',
  },
  {
    name: 'campaign.cancelled-has-snapshot',
    statement: 'A campaign that was cancelled while it was open has the snapshot of that.',
    sql: `SELECT c.id FROM campaign c JOIN intake i ON i.campaign_id = c.id
          LEFT JOIN campaign_snapshot s ON s.campaign_id = c.id AND s.stage = 'cancel'
          WHERE c.state = 'cancelled' AND (s.campaign_id IS NULL OR i.state <> 'closed')`,
  },
];
