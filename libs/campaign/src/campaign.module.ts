import { Module } from '@nestjs/common';
import { CampaignStore } from './store/campaign.store.js';
import { GoalStore } from './store/goal.store.js';
import { IntakeStore } from './store/intake.store.js';

const stores = [CampaignStore, GoalStore, IntakeStore];

@Module({ providers: [...stores], exports: [...stores] })
export class CampaignModule {}
