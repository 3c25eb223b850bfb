import { CampaignRow } from './campaign.row.js';
import { AskRow, CampaignPhotoRow, CostLineRow, MilestoneRow, SlotRow } from './goal.row.js';
import { MATCH_ROWS } from './match.row.js';
import { NeedEchoRow, NeedRow } from './need.row.js';
import { PLEDGE_ROWS } from './pledge.row.js';
import { ObjectionRow, ReviewItemRow, TaskRow } from './review.row.js';

/** Every table of this context. */
export const CAMPAIGN_ROWS = [
  AskRow,
  CampaignPhotoRow,
  CampaignRow,
  CostLineRow,
  MilestoneRow,
  NeedEchoRow,
  NeedRow,
  ObjectionRow,
  ReviewItemRow,
  SlotRow,
  TaskRow,
  ...MATCH_ROWS,
  ...PLEDGE_ROWS,
];
