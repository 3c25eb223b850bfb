import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { DecideMilestone, ProposeDecision, ReadMilestones } from '@hehuo/settlement';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, PageQuery, pageOf } from '../http/paging.js';
import { bodyHash, IdempotencyKey } from '../idempotency/idempotency-key.js';
import { budgetView, decisionView, ProposeDecisionBody } from './milestones.dto.js';
import { CampaignBudgetView, DecisionAnswerView, MilestoneDecisionList } from './milestone-views.dto.js';

const byId = [(part: string) => isId('mdc', part)];

@ApiTags('settlement')
@Controller('v1')
export class MilestonesController {
  constructor(
    private readonly milestones: ReadMilestones,
    private readonly proposeDecision: ProposeDecision,
    private readonly decide: DecideMilestone,
  ) {}

  @Get('campaigns/:id/budget')
  @Policy('milestone.read', { polled: true })
  @ApiOperation({ summary: 'what each milestone may cost, what was paid, what goes back; for everybody' })
  @ApiOkResponse({ type: CampaignBudgetView })
  async budget(@Param('id', IdOf('cmp')) campaignId: Id<'cmp'>): Promise<CampaignBudgetView> {
    return budgetView(await this.milestones.execute(campaignId));
  }

  @Get('campaigns/:id/milestone-decisions')
  @Policy('milestone.read', { polled: true })
  @ApiOperation({
    summary: 'milestones that were finished or cancelled and what became of the surplus, with reasons',
  })
  @ApiOkResponse({ type: MilestoneDecisionList })
  async list(
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<MilestoneDecisionList> {
    const after = keysetOf(cursor, byId)?.[0] ?? null;
    const decisions = await this.milestones.decisionsOf(campaignId, after, limit + 1);
    return pageOf(decisions, limit, ({ id }) => [id], decisionView);
  }

  @Post('campaigns/:id/milestone-decisions')
  @Policy('milestone.propose')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'end a milestone or decide about the surplus; a fund approver confirms it' })
  @ApiCreatedResponse({ type: DecisionAnswerView })
  propose(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Body() body: ProposeDecisionBody,
  ): Promise<DecisionAnswerView> {
    const { kind, part, reason, evidence = null } = body;
    return this.proposeDecision.execute({
      ...{ actor, key, fingerprint: bodyHash([campaignId, body]), campaignId, kind, part, reason, evidence },
      payeeId: (body.payeeId ?? null) as Id<'pye'> | null,
    });
  }

  @Post('milestone-decisions/:id/confirm')
  @HttpCode(200)
  @Policy('milestone.confirm')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'confirm as another person; what a cancelled milestone did not spend goes back' })
  @ApiOkResponse({ type: DecisionAnswerView })
  confirm(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('mdc')) decisionId: Id<'mdc'>,
  ): Promise<DecisionAnswerView> {
    return this.decide.confirm({ actor, key, fingerprint: bodyHash([decisionId]), decisionId });
  }

  @Post('milestone-decisions/:id/refuse')
  @HttpCode(200)
  @Policy('milestone.refuse')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'refuse it; the milestone stays as it is' })
  @ApiOkResponse({ type: DecisionAnswerView })
  refuse(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('mdc')) decisionId: Id<'mdc'>,
  ): Promise<DecisionAnswerView> {
    return this.decide.refuse({ actor, key, fingerprint: bodyHash([decisionId]), decisionId });
  }
}
